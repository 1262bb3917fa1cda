package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// insist asks until there is an answer that stands.
func (v *issuer) insist(method, path, key string, body map[string]any) answer {
	ctx, cancel := context.WithTimeout(v.Context(), patience)
	defer cancel()
	for {
		a, err := v.ask(ctx, method, path, key, body)
		if err == nil && !failed(a.Status) {
			return a
		}
		if err == nil {
			v.tell(a)
		}
		select {
		case <-ctx.Done():
			v.Errorf("%s %s: no answer that stands: %d %s, %v", method, path, a.Status, a.Body, err)
			return a
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// tell counts a failure that a client was told of.
func (x *trial) tell(a answer) {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.told++
	if a.Status == http.StatusInternalServerError {
		x.broken++
	}
}

func (v *issuer) ask(ctx context.Context, method, path, key string, body map[string]any) (answer, error) {
	var text []byte
	if body != nil {
		text, _ = json.Marshal(body)
	}
	request, err := http.NewRequestWithContext(ctx, method, v.base+path, bytes.NewReader(text))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Accept", "application/json, application/vc, */*")
	if body != nil {
		request.Header.Set("Authorization", "Bearer "+v.token)
		request.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, got}, err
}

// failed says whether an answer is one after which a client asks again.
func failed(status int) bool {
	return status >= http.StatusInternalServerError || status == http.StatusTooManyRequests
}
