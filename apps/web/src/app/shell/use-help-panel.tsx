import type { AppLayoutProps } from '@cloudscape-design/components/app-layout'
import { useCallback, useRef, useState } from 'react'
import { CONTENT_ID, focusContent } from '../../shared/focus-lost.ts'
import { useHelpOfPage } from '../../shared/help/page-help.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { helpPreference, PageHelpPanel, startsWithHelp } from './help-panel.tsx'

const HELP_PX = 340

/** The help panel beside the page: `layout` is for the frame, `help` for whoever offers help or opens it. */
export function useHelpPanel() {
  const layout = useRef<AppLayoutProps.Ref>(null)
  const [isOpen, setOpen] = useState(startsWithHelp)
  const before = useRef<Element>(null)
  const change = useCallback((open: boolean) => {
    setOpen(open)
    helpPreference.set(open)
  }, [])
  const open = useCallback(() => {
    before.current = document.activeElement
    layout.current?.openTools() // tells `onToolsChange`, and takes the keyboard along
  }, [])
  const help = useHelpOfPage(open)
  const close = () => {
    change(false)
    // Closed by its own button, the panel gives the keyboard back itself.
    const isInPage = document.getElementById(CONTENT_ID)?.contains(document.activeElement) ?? false
    if (isInPage) return
    const back = before.current
    if (back instanceof HTMLElement && back !== document.body && back.isConnected) back.focus()
    else focusContent()
  }
  useShortcut('F1', 'Help for this page', isOpen ? close : open)
  const { offer } = help
  return {
    help,
    layout: {
      ref: layout,
      // The frame keeps what is closed in the page: there it would be fetched, and found, by nobody who asked.
      tools: isOpen && offer ? <PageHelpPanel key={offer.path} offer={offer} /> : null,
      toolsHide: offer === undefined,
      toolsOpen: isOpen && offer !== undefined,
      toolsWidth: HELP_PX,
      onToolsChange: ({ detail }: { readonly detail: { readonly open: boolean } }) => change(detail.open),
    },
  }
}
