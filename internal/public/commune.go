package public

// commune names a commune, by its code when it has no known name.
func (d *door) commune(insee string) string {
	if d.Communes == nil {
		return insee
	}
	if name, known := d.Communes.Name(insee); known {
		return name
	}
	return insee
}
