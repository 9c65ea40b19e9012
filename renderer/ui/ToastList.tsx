// The toasts at the lower right: spoken once, reachable by keyboard and pad, gone by themselves.
import { CircleAlert, Info, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { floatingFocusKey } from '../navigation/focus-engine';
import { FocusGroup } from '../navigation/FocusGroup';
import { Button } from './Button';

export interface ShownToast {
  readonly id: number;
  readonly tone: 'bad' | 'neutral';
  readonly title: string;
  readonly advice: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

const shownForMs = 9000;

export function ToastList(props: { readonly toasts: readonly ShownToast[]; readonly onDismiss: (id: number) => void }): ReactNode {
  return (
    <div className="toasts" role="status" aria-live="polite" data-floating>
      {props.toasts.length > 0 && (
        <FocusGroup className="toasts__list" focusKey={floatingFocusKey} closed>
          {props.toasts.map((toast) => (
            <ToastCard key={toast.id} toast={toast} onDismiss={props.onDismiss} />
          ))}
        </FocusGroup>
      )}
    </div>
  );
}

function ToastCard({ toast, onDismiss }: { readonly toast: ShownToast; readonly onDismiss: (id: number) => void }): ReactNode {
  const { t } = useTranslation('ui');
  const { id, action } = toast;
  const Icon = toast.tone === 'bad' ? CircleAlert : Info;
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A toast that has the focus waits: nobody wants "Undo" to go away under the thumb.
    const timer = setInterval(() => {
      if (card.current?.contains(document.activeElement) !== true) onDismiss(id);
    }, shownForMs);
    return () => clearInterval(timer);
  }, [id, onDismiss]);
  return (
    <div ref={card} className="toast" data-tone={toast.tone}>
      <Icon size="1.2em" aria-hidden />
      <div>
        <p className="toast__title">{toast.title}</p>
        <p className="toast__advice">{toast.advice}</p>
      </div>
      <FocusGroup className="toast__actions">
        {action !== null && (
          <Button
            label={action.label}
            size="small"
            onPress={() => {
              action.run();
              onDismiss(id);
            }}
          />
        )}
        <Button label={t('dismiss')} icon={X} iconOnly look="quiet" size="small" onPress={() => onDismiss(id)} />
      </FocusGroup>
    </div>
  );
}
