import { Toast as Base } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { IconButton } from './Button.tsx';
import css from './Toast.module.css';

// Results of the person's own act: "recorded", with the receipt or undo beside it.
export interface Notice {
  title: string;
  text?: string;
  action?: { label: string; onPress: () => void };
}

export function useToast(): (notice: Notice) => void {
  const manager = Base.useToastManager();
  return ({ title, text, action }) => {
    manager.add({
      title,
      ...(text && { description: text }),
      ...(action && { actionProps: { children: action.label, onClick: action.onPress } }),
    });
  };
}

function Toasts() {
  const { t } = useWords();
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className={css.toast}>
      <Base.Content className={css.content}>
        <div>
          <Base.Title className={css.title} />
          <Base.Description className={css.text} />
        </div>
        {toast.actionProps && <Base.Action className={css.action} />}
        <Base.Close render={<IconButton icon="x" label={t.common.close} />} />
      </Base.Content>
    </Base.Root>
  ));
}

export function ToastArea({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={8000}>
      {children}
      <Base.Portal>
        <Base.Viewport className={css.viewport}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
