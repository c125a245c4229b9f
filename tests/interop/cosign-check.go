// Opens a cosigned checkpoint with golang.org/x/mod/sumdb/note of Debian: the log and every witness named must have
// signed it. The package has no cosignatures (c2sp.org/tlog-cosignature), so they are written here from the text of
// the specification. Usage: cosign-check LOG_VKEY WITNESS_VKEY... < checkpoint
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(w.key, []byte(message), signature[8:])
}

func die(what string, err error) {
	fmt.Fprintln(os.Stderr, "FAIL:", what, err)
	os.Exit(1)
}

func parse(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		die("no vkey", nil)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		die("no key of a witness", err)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		die("wrong key id", nil)
	}
	return witness{parts[0], hash, key[1:]}
}

func main() {
	log, err := note.NewVerifier(os.Args[1])
	if err != nil {
		die("log", err)
	}
	wanted := []note.Verifier{log}
	for _, vkey := range os.Args[2:] {
		wanted = append(wanted, parse(vkey))
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		die("checkpoint", err)
	}
	opened, err := note.Open(text, note.VerifierList(wanted...))
	if err != nil {
		die("checkpoint", err)
	}
	if len(opened.Sigs) != len(wanted) {
		die(fmt.Sprintf("%d of %d have signed", len(opened.Sigs), len(wanted)), nil)
	}
	fmt.Printf("OK origin=%s signatures=%d\n", strings.SplitN(opened.Text, "\n", 2)[0], len(opened.Sigs))
}
