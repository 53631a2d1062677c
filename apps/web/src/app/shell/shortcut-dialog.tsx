import './shortcut-dialog.css'
import Modal from '@cloudscape-design/components/modal'
import { keyCaps, useShortcutList } from '../../shared/shortcuts/shortcuts.tsx'

export function ShortcutDialog({ visible, onDismiss }: { readonly visible: boolean; readonly onDismiss: () => void }) {
  const list = useShortcutList()
  return (
    <Modal visible={visible} onDismiss={onDismiss} header="Keyboard shortcuts">
      <dl className="td-shortcuts">
        {visible &&
          list().map(({ keys, does }) => (
            <div key={keys}>
              <dt>
                {keyCaps(keys).map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
      </dl>
    </Modal>
  )
}
