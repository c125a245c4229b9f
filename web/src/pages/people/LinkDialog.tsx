import { useState } from 'react';
import type { MadeLink } from '../../api/personal.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWords } from '../../words/language.tsx';
import page from '../page.module.css';

// Shown once: the server keeps only its hash.
export function LinkDialog({ link, onClose }: { link: MadeLink; onClose: () => void }) {
  const { t, f } = useWords();
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${link.path}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.people.linkTitle}
      foot={
        <Button
          kind="primary"
          icon={copied ? 'check' : 'copy'}
          onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
        >
          {copied ? t.people.copied : t.people.copy}
        </Button>
      }
    >
      <p>{t.people.linkText(f.instant(link.ends))}</p>
      <code className={page.secret}>{address}</code>
    </Dialog>
  );
}
