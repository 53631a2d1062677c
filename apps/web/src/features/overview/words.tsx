import Link from '@cloudscape-design/components/link'
import { Fragment, type ReactNode } from 'react'
import { formatCount } from '../../shared/format.ts'
import { VisibleText } from '../../shared/text/visible.tsx'

/** A number that leads to the list behind it: `38 not connected`. */
export function Count({
  number,
  href,
  children,
}: {
  readonly number: number
  readonly href: string
  readonly children: ReactNode
}) {
  return (
    <Link href={href}>
      <span className="td-overview-count">{formatCount(number)}</span> {children}
    </Link>
  )
}

/** Parts beside each other; what is not there leaves no gap. */
export function Parts({ parts }: { readonly parts: readonly (ReactNode | false | undefined)[] }) {
  const there = parts.filter((part) => part !== undefined && part !== false)
  return there.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, and keep their order
    <Fragment key={index}>
      {index > 0 && <span className="td-weak"> · </span>}
      {part}
    </Fragment>
  ))
}

/** Why something is not known, in words and in AWS's. */
export function NotKnown({
  children,
  message,
}: {
  readonly children: ReactNode
  readonly message?: string | undefined
}) {
  return (
    <>
      {children}
      {message !== undefined && message !== '' && (
        <>
          {' '}
          <VisibleText text={message} />
        </>
      )}
    </>
  )
}
