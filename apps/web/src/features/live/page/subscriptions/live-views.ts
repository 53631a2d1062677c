import type { LiveViewContent } from '@thingdeck/contract'
import { ownViews, type ViewKind } from '../../../../shared/saved-views/saved-view.ts'

/** Subscriptions, filter and what else the address of live messages has. */
export const LIVE_VIEWS: ViewKind<LiveViewContent> = {
  own: ownViews('live.sets', readContent),
  isContent: (content): content is LiveViewContent => 's' in content,
  what: 'subscriptions and filter',
  summaryOf({ s, q }) {
    const filters = s.map((value) => value.replace(/^[^:]*:/, '')).join(', ')
    return q === undefined ? filters : `${filters} · ${q}`
  },
}

function readContent(stored: unknown): LiveViewContent | undefined {
  if (typeof stored !== 'object' || stored === null || !('s' in stored) || !Array.isArray(stored.s)) return undefined
  const view = 'view' in stored && VIEWS.find((each) => each === stored.view)
  return {
    s: textsIn(stored.s),
    ...('q' in stored && typeof stored.q === 'string' && stored.q !== '' && { q: stored.q }),
    ...(view && { view }),
    ...('pin' in stored && Array.isArray(stored.pin) && { pin: textsIn(stored.pin) }),
  }
}

const VIEWS = ['list', 'tree', 'charts'] as const

const textsIn = (stored: readonly unknown[]): string[] => stored.filter((value) => typeof value === 'string')
