package bench
import "context"
func prepareMillion(context.Context) error { return nil }
