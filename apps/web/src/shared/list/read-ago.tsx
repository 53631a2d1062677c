import { useState } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { Age, useNow } from '../time.tsx'
import type { ListSource } from './list-source.ts'

/** From here on a list says how old it is: nothing has told it what changed since. */
const OLD_AFTER_MS = 60_000

type Read = Pick<ListSource<unknown>, 'answeredAtMs' | 'pages'>

/** Beside the button that reads a list anew: how long ago it was read, once that is long. */
export function ReadAgo({ source }: { readonly source: Read }) {
  const nowMs = useNow(5_000)
  const readAtMs = useReadAt(source)
  if (readAtMs === undefined || readAtMs === 0) return null
  const atMs = serverClock.fromLocal(readAtMs)
  if (nowMs - atMs < OLD_AFTER_MS) return null
  return (
    <span className="td-weak td-list-read">
      Read <Age atMs={atMs} />
    </span>
  )
}

/** When the oldest of the rows was read: a page more makes those before it no newer. */
function useReadAt({ answeredAtMs, pages }: Read): number | undefined {
  const [known, setKnown] = useState({ answeredAtMs, readAtMs: answeredAtMs, pages: pages.length })
  if (known.answeredAtMs !== answeredAtMs) {
    const hasGrown = known.pages > 0 && pages.length > known.pages
    setKnown({ answeredAtMs, readAtMs: hasGrown ? known.readAtMs : answeredAtMs, pages: pages.length })
  }
  return known.readAtMs
}
