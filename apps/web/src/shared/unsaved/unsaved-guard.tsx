import Box from '@cloudscape-design/components/box'
import { useBlocker } from '@tanstack/react-router'
import { useEffect, useId } from 'react'
import { Dialog } from '../dialog/dialog.tsx'
import { holdWork, releaseWork } from './unsaved-work.ts'

interface UnsavedGuardProps {
  /** What would be lost, going on with 'loses': 'the new thing'. */
  readonly what: string
  /** Asked at the moment of leaving. */
  readonly isUnsaved: () => boolean
}

/**
 * Asks before a page is left whose work was not sent, or the tab of the page that it is in: by a link, by another tab, by
 * Back, by closing it, by signing out.
 */
export function UnsavedGuard({ what, isUnsaved }: UnsavedGuardProps) {
  const key = useId()
  // After every drawing: that is when it may have changed.
  useEffect(() => {
    if (isUnsaved()) holdWork(key, what)
    else releaseWork(key)
  })
  useEffect(() => () => releaseWork(key), [key])
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isUnsaved() && (next.pathname !== current.pathname || tabOf(next) !== tabOf(current)),
    enableBeforeUnload: false, // asked wherever the page is, see `holdWork`
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog
      header="Leave without saving?"
      action="Leave"
      onAction={() => {
        releaseWork(key)
        blocker.proceed()
      }}
      onClose={blocker.reset}
    >
      <Box>Leaving this page loses {what}.</Box>
    </Dialog>
  )
}

/** What is in a tab of a page goes when another one is shown. */
const tabOf = ({ search }: { readonly search: object }): unknown => ('tab' in search ? search.tab : undefined)
