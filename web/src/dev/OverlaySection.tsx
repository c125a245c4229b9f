import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog, Drawer } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Popover, Tooltip } from '../ui/Popover.tsx';
import { useToast } from '../ui/Toast.tsx';
import { Part } from './Gallery.tsx';

export function OverlaySection() {
  const [dialog, setDialog] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const say = useToast();
  return (
    <Part name="Dialog, Drawer, Menu, Popover, Tooltip, Toast" row>
      <Button onClick={() => setDialog(true)}>dialog</Button>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="公表を改める"
        foot={
          <>
            <Button onClick={() => setDialog(false)}>やめる</Button>
            <Button kind="primary">改める</Button>
          </>
        }
      >
        <p>公表している○を取り下げ、備考を直します。</p>
      </Dialog>
      <Button onClick={() => setDrawer(true)}>drawer</Button>
      <Drawer open={drawer} onOpenChange={setDrawer} title="本番データベース">
        <p>A-001</p>
      </Drawer>
      <Menu
        trigger={<Button icon="download">menu</Button>}
        entries={[
          { kind: 'link', label: 'Excel（xlsx）', href: '#x', icon: 'download' },
          { kind: 'action', label: 'PDF', onChoose: () => undefined, icon: 'fileText' },
          { kind: 'rule' },
          { kind: 'heading', label: '明るさ', entries: [{ kind: 'choice', label: '暗い', chosen: true, onChoose: () => undefined }] },
          { kind: 'action', label: '失効させる', onChoose: () => undefined, danger: true },
        ]}
      />
      <Popover trigger={<Button>popover</Button>} title="2 つの時刻">
        <p>いつの状態を、いつ分かっていたことから見るか。</p>
      </Popover>
      <Tooltip text="前の版から 2 か所変わりました">
        <Button>tooltip</Button>
      </Tooltip>
      <Button
        onClick={() =>
          say({ title: '記録しました', text: '記録証明を保存できます', action: { label: '元に戻す', onPress: () => undefined } })
        }
      >
        toast
      </Button>
    </Part>
  );
}
