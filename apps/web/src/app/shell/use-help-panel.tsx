import type { AppLayoutProps } from '@cloudscape-design/components/app-layout'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useHelpOfPage } from '../../shared/help/page-help.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { helpPreference, PageHelpPanel, startsWithHelp } from './help-panel.tsx'

const HELP_PX = 340

/** The help panel beside the page: `layout` is for the frame, `help` for whoever offers help or opens it. */
export function useHelpPanel() {
  const layout = useRef<AppLayoutProps.Ref>(null)
  const [isOpen, setOpen] = useState(startsWithHelp)
  const [isFocusWanted, setFocusWanted] = useState(false)
  const change = useCallback((open: boolean) => {
    setOpen(open)
    helpPreference.set(open)
  }, [])
  const open = useCallback(() => {
    change(true)
    setFocusWanted(true)
  }, [change])
  const help = useHelpOfPage(open)
  const toggle = () => {
    if (isOpen) change(false)
    else if (help.offer) open()
  }
  useShortcut('F1', 'Help for this page', toggle)
  useEffect(() => {
    if (!isOpen || !isFocusWanted) return
    setFocusWanted(false)
    layout.current?.focusToolsClose()
  }, [isOpen, isFocusWanted])
  const { offer } = help
  return {
    help,
    layout: {
      ref: layout,
      tools: offer && <PageHelpPanel key={offer.path} offer={offer} />,
      toolsHide: offer === undefined,
      toolsOpen: isOpen && offer !== undefined,
      toolsWidth: HELP_PX,
      onToolsChange: ({ detail }: { readonly detail: { readonly open: boolean } }) => change(detail.open),
    },
  }
}
