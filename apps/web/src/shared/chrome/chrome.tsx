import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { KIND_WORDS } from '../environment/environment-words.ts'
import { useEnvironment } from '../session/session.tsx'

export interface Breadcrumb {
  readonly text: string
  readonly href: string
}

/** What a page says about itself to the frame around it. */
export interface PageChrome {
  /** Of the browser tab, e.g. `pump-7`. */
  readonly title: string
  /** From the top down, this page last. */
  readonly breadcrumbs: readonly Breadcrumb[]
}

/** A look at one item beside or below the page. */
export interface PanelChrome {
  readonly header: string
  readonly onClose: () => void
}

interface Frame {
  readonly setPage: (page: PageChrome | undefined) => void
  readonly setPanel: (panel: PanelChrome | undefined) => void
  readonly panelElement: HTMLElement | null
}

const FrameContext = createContext<Frame | undefined>(undefined)

/** For the shell: what the present page said, and where its panel's content goes. */
export function useFrame() {
  const [page, setPage] = useState<PageChrome>()
  const [panel, setPanel] = useState<PanelChrome>()
  const [panelElement, setPanelElement] = useState<HTMLElement | null>(null)
  const frame = useMemo(() => ({ setPage, setPanel, panelElement }), [panelElement])
  return { page, panel, setPanelElement, frame }
}

export const FrameProvider = FrameContext

export function usePageChrome({ title, breadcrumbs }: PageChrome): void {
  const frame = use(FrameContext)
  const setPage = frame?.setPage
  const key = JSON.stringify(breadcrumbs)
  const environment = useEnvironment()
  const kindWords =
    environment && environment.environmentKind !== 'embedded' ? KIND_WORDS[environment.environmentKind] : undefined
  useEffect(() => {
    document.title = [kindWords, title, 'Thingdeck'].filter((part) => part !== undefined).join(' · ')
    setPage?.({ title, breadcrumbs: JSON.parse(key) as Breadcrumb[] }) // it was made of them
  }, [setPage, title, key, kindWords])
}

/** Content of the shell's split panel, which is there as long as this is. */
export function SplitPanelContent({ header, onClose, children }: PanelChrome & { readonly children: ReactNode }) {
  const frame = use(FrameContext)
  const setPanel = frame?.setPanel
  useEffect(() => setPanel?.({ header, onClose }), [setPanel, header, onClose])
  useEffect(() => () => setPanel?.(undefined), [setPanel])
  return frame?.panelElement ? createPortal(children, frame.panelElement) : null
}
