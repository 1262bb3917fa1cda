package locale

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// parse flattens one catalogue and sets its typography.
func parse(lang Language, data []byte) (map[string]message, error) {
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("not a JSON object: %w", err)
	}
	flat := flattener{lang: lang, messages: map[string]message{}}
	if err := flat.object("", tree); err != nil {
		return nil, err
	}
	return flat.messages, nil
}

type flattener struct {
	lang     Language
	messages map[string]message
}

func (f flattener) object(prefix string, tree map[string]any) error {
	if form, ok := pluralForm(tree); ok {
		return f.put(prefix, message{one: f.set(form.one), other: f.set(form.other), plural: true})
	}
	for name, value := range tree {
		if err := f.value(join(prefix, name), value); err != nil {
			return err
		}
	}
	return nil
}

func (f flattener) value(key string, value any) error {
	switch v := value.(type) {
	case string:
		return f.put(key, message{other: f.set(v)})
	case map[string]any:
		return f.object(key, v)
	case []any:
		for i, item := range v {
			if err := f.value(join(key, strconv.Itoa(i)), item); err != nil {
				return err
			}
		}
		return nil
	default:
		return fmt.Errorf("key %s: a text, a list or an object is wanted, not %T", key, value)
	}
}

// put refuses the same key by two ways ("a.b" flat and nested), and empty texts.
func (f flattener) put(key string, m message) error {
	if _, twice := f.messages[key]; twice {
		return fmt.Errorf("key %s: given twice", key)
	}
	if m.other == "" || (m.plural && m.one == "") {
		return fmt.Errorf("key %s: empty text", key)
	}
	f.messages[key] = m
	return nil
}

func (f flattener) set(text string) string {
	if f.lang == French {
		return typeset(text)
	}
	return text
}

// pluralForm recognises an object whose members are exactly "one" and "other".
func pluralForm(tree map[string]any) (message, bool) {
	one, hasOne := tree["one"].(string)
	other, hasOther := tree["other"].(string)
	return message{one: one, other: other}, hasOne && hasOther && len(tree) == 2
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}
