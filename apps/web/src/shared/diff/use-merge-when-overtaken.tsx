import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isOvertaken } from '../things/is-overtaken.ts'
import { DifferenceTable } from './difference-table.tsx'
import type { KeyConflict } from './merge-keys.ts'

type Conflict = Pick<KeyConflict, 'key' | 'theirs' | 'mine'>

interface MergeOptions<T> {
  /** Why the change was not saved. */
  readonly failure: Error | null
  /** What is changed, 'billing group'. */
  readonly what: string
  /** Of what the change goes on from, once both are merged. */
  readonly version: number
  /** What is there now. */
  readonly read: () => Promise<T>
  /** Puts both changes into the form, as it is by then. What both changed differently is answered. */
  readonly merge: (now: T) => readonly Conflict[]
}

/**
 * A change that AWS refused because somebody else was faster: the two are put together when one wants that, and looked at
 * before they are saved.
 * @returns the notice, and the failure as long as it is not settled by a merge
 */
export function useMergeWhenOvertaken<T>({ failure, what, version, read, merge }: MergeOptions<T>): {
  readonly failure: Error | null
  readonly notice: ReactNode
} {
  const [conflicts, setConflicts] = useState<readonly Conflict[]>()
  /** The refusal after which the changes were put together: it is over. */
  const [settled, setSettled] = useState<Error | null>(null)
  const merging = useMutation({
    mutationFn: read,
    onSuccess: (now) => {
      setSettled(failure)
      setConflicts(merge(now))
    },
  })
  const unsettled = failure === settled ? null : failure
  if (!isOvertaken(unsettled)) {
    return { failure: unsettled, notice: conflicts && <Merged conflicts={conflicts} version={version} /> }
  }
  return {
    failure: unsettled,
    notice: (
      <Alert
        type="warning"
        header={`Somebody else changed the ${what} meanwhile`}
        action={
          <Button loading={merging.isPending} onClick={() => merging.mutate()}>
            Merge both changes
          </Button>
        }
      >
        {merging.error?.message ??
          'Nothing was overwritten. Both changes can be put together, and looked at before they are saved.'}
      </Alert>
    ),
  }
}

function Merged({ conflicts, version }: { readonly conflicts: readonly Conflict[]; readonly version: number }) {
  if (conflicts.length === 0) {
    return <Alert type="info">Both changes are below. They are not saved yet, and go on from version {version}.</Alert>
  }
  return (
    <Alert type="warning" header="Both of you changed the same">
      <SpaceBetween size="s">
        <span>Yours is below, and nothing is saved yet. Change what should be theirs.</span>
        <DifferenceTable
          label="What both changed"
          before="Theirs"
          after="Yours"
          differences={conflicts.map(({ key, theirs, mine }) => ({ key, before: theirs, after: mine }))}
        />
      </SpaceBetween>
    </Alert>
  )
}
