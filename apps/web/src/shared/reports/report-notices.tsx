import type { WriteReport } from '@thingdeck/contract'
import { useEffect } from 'react'
import { type Flash, useFlash } from '../flash/flash.tsx'
import { useSessionState } from '../session/session-state.ts'
import type { ReportNotice } from './report-queue.ts'
import { followReports, onReportNotice, retryReports } from './report-write.ts'

/** Says above the page what has not come into the audit trail. Nothing where all has. */
export function ReportNotices() {
  const { flash, dismiss } = useFlash()
  useEffect(() => {
    const stopListening = onReportNotice((notice) => {
      if (notice.kind === 'delivered') dismiss(WAITING)
      else flash(flashOf(notice))
    })
    const stopFollowing = followReports()
    return () => {
      stopListening()
      stopFollowing()
    }
  }, [flash, dismiss])
  const isActive = useSessionState() === 'active'
  useEffect(() => {
    if (isActive) retryReports()
  }, [isActive])
  return null
}

const WAITING = 'reports-waiting'

function flashOf(notice: Exclude<ReportNotice, { readonly kind: 'delivered' }>): Flash {
  if (notice.kind === 'refused') {
    return {
      id: `report ${notice.report.reportId}`,
      type: 'error',
      header: `The audit trail did not take the report of ${wordsOf(notice.report)}`,
      content: `What was written stays written. ${notice.message}`,
    }
  }
  if (notice.kind === 'lost') {
    return {
      id: `report ${notice.report.reportId}`,
      type: 'error',
      header: `The audit trail will not know of ${wordsOf(notice.report)}`,
      content: 'Too many reports wait to be taken, and the oldest had to make room. What was written stays written.',
    }
  }
  const many = notice.count === 1 ? 'A write has' : `${notice.count} writes have`
  return {
    id: WAITING,
    type: 'warning',
    header: `${many} not come into the audit trail yet`,
    content:
      notice.because === 'signed-out'
        ? 'You are signed out. They are reported when you sign in again.'
        : "The console's server does not answer. It is tried again until it does.",
  }
}

/** What was written, e.g. `an update of the shadow of pump-1`. */
function wordsOf({ write }: WriteReport): string {
  switch (write.kind) {
    case 'shadow-update':
    case 'shadow-delete': {
      const what = write.kind === 'shadow-update' ? 'an update' : 'the deletion'
      return `${what} of the shadow ${write.shadowName === undefined ? '' : `${write.shadowName} `}of ${write.thingName}`
    }
    case 'publish':
      return `a message to ${write.topics[0]?.topic}`
    case 'repeat':
      return `${write.sent} repeated messages`
    case 'replay':
      return `a replay of ${write.sent} messages`
    case 'clear-retained':
      return `clearing ${write.sent} retained messages`
  }
}
