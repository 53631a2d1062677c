import { type ReactNode, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { DEBUG_MINUTES, DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { paths } from '../../shared/paths.ts'
import { DisconnectDialog } from './disconnect-dialog.tsx'
import { SendMessageDialog } from './send-message-dialog.tsx'

type Act = 'send' | 'disconnect' | 'debug'

/** What can be done to a client, and the dialog that is open for it. */
export function useClientActions(): {
  /** @param connected undefined: not known, so that it may be tried */
  readonly actionsFor: (clientId: string, connected: boolean | undefined) => readonly Action[]
  readonly dialog: ReactNode
} {
  const [open, setOpen] = useState<{ readonly act: Act; readonly clientId: string }>()
  const onClose = () => setOpen(undefined)
  return {
    actionsFor: (clientId, connected) => [
      {
        id: 'send',
        text: 'Send message',
        needs: 'operator',
        whyNot: connected === false ? 'It is not connected, and nothing is kept for it.' : undefined,
        onAction: () => setOpen({ act: 'send', clientId }),
      },
      {
        id: 'disconnect',
        text: 'Disconnect',
        needs: 'operator',
        onAction: () => setOpen({ act: 'disconnect', clientId }),
      },
      {
        id: 'debug',
        text: `Debug for ${DEBUG_MINUTES} minutes`,
        needs: 'operator',
        onAction: () => setOpen({ act: 'debug', clientId }),
      },
      { id: 'logs', text: 'Show log entries', href: paths.logs({ client: clientId, last: '1h' }) },
      { id: 'refusals', text: 'Show refusals', href: paths.refusals({ client: clientId }) },
    ],
    dialog: open && <ActDialog {...open} onClose={onClose} />,
  }
}

function ActDialog({ act, ...of }: { readonly act: Act; readonly clientId: string; readonly onClose: () => void }) {
  if (act === 'send') return <SendMessageDialog {...of} />
  return act === 'disconnect' ? <DisconnectDialog {...of} /> : <DebugClientDialog {...of} />
}
