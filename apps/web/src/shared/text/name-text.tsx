import { Fragment, type ReactNode } from 'react'
import { namePieces } from './name-breaks.ts'
import { visibleWith } from './visible.tsx'

/**
 * A name (a key, a topic, an ARN) as `VisibleText` shows it, whose line ends between its words before it ends within one.
 * What is selected and copied is the name alone: the places are elements without text.
 */
export const NameText = ({ text }: { readonly text: string }) => <>{visibleWith(text, breakable)}</>

function breakable(plain: string): ReactNode {
  const [first = '', ...others] = namePieces(plain)
  return others.length === 0
    ? first
    : [
        first,
        // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of one name are replaced together
        ...others.map((piece, index) => (
          <Fragment key={index}>
            <wbr />
            {piece}
          </Fragment>
        )),
        // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
      ]
}
