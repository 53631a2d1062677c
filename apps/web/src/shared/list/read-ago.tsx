import { useState } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { Age, useNow } from '../time.tsx'
import type { ListSource } from './list-source.ts'

/** From here on a list says how old it is: nothing has told it what changed since. */
const OLD_AFTER_MS = 60_000

type Read = Pick<ListSource<unknown>, 'answeredAtMs' | 'pages'>

/** How long ago a list was read, once that is long. It has its room from the start: nothing moves when it appears. */
export function ReadAgo({ source }: { readonly source: Read }) {
  const nowMs = useNow(5_000)
  const readAtMs = useReadAt(source)
  const atMs = readAtMs ? serverClock.fromLocal(readAtMs) : nowMs
  return (
    <span className="td-weak td-list-read">
      {nowMs - atMs >= OLD_AFTER_MS && (
        <>
          Read <Age atMs={atMs} />
        </>
      )}
    </span>
  )
}

/** When the oldest of the rows was read: a page more makes those before it no newer. */
function useReadAt({ answeredAtMs, pages }: Read): number | undefined {
  const [known, setKnown] = useState({ answeredAtMs, readAtMs: answeredAtMs, pages: pages.length })
  if (known.answeredAtMs !== answeredAtMs) {
    const hasGrown = known.pages > 0 && pages.length > known.pages
    // What is shown instead, of another filter, may have been read before, and have more pages.
    const readAtMs = hasGrown ? earlier(known.readAtMs, answeredAtMs) : answeredAtMs
    setKnown({ answeredAtMs, readAtMs, pages: pages.length })
  }
  return known.readAtMs
}

const earlier = (one: number | undefined, other: number | undefined) => (one && other ? Math.min(one, other) : other)
