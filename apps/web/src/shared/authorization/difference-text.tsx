import './authorization.css'
import type { Stretch } from '@thingdeck/policies'
import { visible } from '../text/visible.tsx'

/** A text with what differs in it marked, for those who see it and for those who hear it. */
export function DifferenceText({ stretches }: { readonly stretches: readonly Stretch[] }) {
  return (
    <span className="td-mono">
      {stretches.map(({ text, isSame }, index) =>
        isSame ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text are replaced together
          <span key={index}>{visible(text)}</span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <mark key={index} className="td-differs-here">
            {visible(text)}
          </mark>
        ),
      )}
    </span>
  )
}
