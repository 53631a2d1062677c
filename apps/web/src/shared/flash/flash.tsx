import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'

/** For what the browser or the page shows in another way, too: it does not push the page down for longer. */
export const BRIEFLY_MS = 20_000

/** What happened, for the flashbar. A message with the id of one that is shown takes its place. */
export interface Flash {
  readonly id: string
  readonly type: 'success' | 'error' | 'warning' | 'info' | 'in-progress'
  readonly header?: ReactNode
  readonly content?: ReactNode
  readonly action?: ReactNode
  /** It goes by itself after so long; left out where somebody may have to read it. */
  readonly lastsMs?: number
}

interface Flashes {
  readonly flash: (message: Flash) => void
  readonly dismiss: (id: string) => void
}

const FlashContext = createContext<Flashes | undefined>(undefined)
const ItemsContext = createContext<readonly FlashbarProps.MessageDefinition[]>([])

export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Flash[]>([])
  const dismiss = useCallback((id: string) => setMessages((all) => all.filter((each) => each.id !== id)), [])
  const flash = useCallback((message: Flash) => {
    setMessages((all) => [message, ...all.filter(({ id }) => id !== message.id)])
    if (message.lastsMs === undefined) return
    // Not the one that may have taken its place.
    setTimeout(() => setMessages((all) => all.filter((each) => each !== message)), message.lastsMs)
  }, [])
  const flashes = useMemo(() => ({ flash, dismiss }), [flash, dismiss])
  const items = messages.map(
    ({ id, type, header, content, action }): FlashbarProps.MessageDefinition => ({
      id,
      type: type === 'in-progress' ? 'info' : type,
      loading: type === 'in-progress',
      header,
      // How far it is would be read out over and over: that it began is, and how it ended.
      content: type === 'in-progress' && content ? <div aria-live="off">{content}</div> : content,
      action,
      dismissible: type !== 'in-progress',
      dismissLabel: 'Dismiss',
      onDismiss: () => dismiss(id),
    }),
  )
  return (
    <FlashContext value={flashes}>
      <ItemsContext value={items}>{children}</ItemsContext>
    </FlashContext>
  )
}

/** Says what happened, above the page. */
export function useFlash(): Flashes {
  const flashes = use(FlashContext)
  if (!flashes) throw new Error('useFlash needs a FlashProvider')
  return flashes
}

/** For the shell's flashbar only. */
export function useFlashItems(): readonly FlashbarProps.MessageDefinition[] {
  return use(ItemsContext)
}
