import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'

/** What happened, for the flashbar. A message with the id of one that is shown takes its place. */
export interface Flash {
  readonly id: string
  readonly type: 'success' | 'error' | 'warning' | 'info' | 'in-progress'
  readonly header?: ReactNode
  readonly content?: ReactNode
  readonly action?: ReactNode
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
  const flash = useCallback(
    (message: Flash) => setMessages((all) => [message, ...all.filter(({ id }) => id !== message.id)]),
    [],
  )
  const flashes = useMemo(() => ({ flash, dismiss }), [flash, dismiss])
  const items = messages.map(
    ({ id, type, header, content, action }): FlashbarProps.MessageDefinition => ({
      id,
      type: type === 'in-progress' ? 'info' : type,
      loading: type === 'in-progress',
      header,
      content,
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
