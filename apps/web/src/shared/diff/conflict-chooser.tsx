import './conflict-chooser.css'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { NameText } from '../text/name-text.tsx'
import { visible } from '../text/visible.tsx'
import type { KeyConflict } from './merge-keys.ts'

interface ConflictChooserProps {
  readonly conflicts: readonly KeyConflict[]
  /** 'Version 42 changed 1 key that you are changing too: choose' */
  readonly header: string
  /** Said of a value that is not there: 'no such key'. */
  readonly nothing: string
  readonly onChoose: (key: string, side: 'base' | 'theirs' | 'mine') => void
}

/** Keys that somebody else changed differently meanwhile: each is chosen, none is lost. */
export function ConflictChooser({ conflicts, header, nothing, onChoose }: ConflictChooserProps) {
  const words = (value: string | undefined) => visible(value ?? nothing)
  return (
    <Alert
      type="warning"
      header={header}
      action={
        conflicts.length > 1 && (
          <SpaceBetween direction="horizontal" size="xs">
            {(['mine', 'theirs'] as const).map((side) => (
              <Button
                key={side}
                onClick={() => {
                  for (const { key } of conflicts) onChoose(key, side)
                }}
              >
                {side === 'mine' ? 'All mine' : 'All theirs'}
              </Button>
            ))}
          </SpaceBetween>
        )
      }
    >
      <ul className="td-plain-list">
        {conflicts.map(({ key, base, theirs, mine }) => (
          <li key={key} className="td-conflict">
            <span className="td-mono">
              <NameText text={key} />
            </span>
            <span className="td-weak">was {words(base)}</span>
            <fieldset className="td-conflict-sides">
              <legend className="td-sr">Which value for {visible(key)}</legend>
              <Button onClick={() => onChoose(key, 'mine')}>Mine: {words(mine)}</Button>
              <Button onClick={() => onChoose(key, 'theirs')}>Theirs: {words(theirs)}</Button>
              <Button variant="link" onClick={() => onChoose(key, 'base')}>
                As it was
              </Button>
            </fieldset>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

/** `1 key`, `3 keys` */
export const keysInWords = (count: number): string => (count === 1 ? '1 key' : `${count} keys`)
