import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import { formatCount } from '../format.ts'

interface ListSelectionProps {
  readonly one: string
  readonly many: string
  readonly count: number
  /** What all are called. */
  readonly all: string
  readonly isAll: boolean
  readonly onAll: (isAll: boolean) => void
  readonly onClear: () => void
}

/** How many rows are selected, and that all can be which the filter finds. */
export function ListSelection({ one, many, count, all, isAll, onAll, onClear }: ListSelectionProps) {
  if (!isAll && count === 0) return null
  return (
    <div role="status">
      <Box variant="span">
        {isAll ? `Selected: ${all}. ` : `${formatCount(count)} ${count === 1 ? one : many} selected. `}
      </Box>
      {!isAll && (
        <>
          <Button variant="inline-link" onClick={() => onAll(true)}>
            {`Select ${all}`}
          </Button>
          {' · '}
        </>
      )}
      <Button variant="inline-link" onClick={isAll ? () => onAll(false) : onClear}>
        {isAll ? (count === 0 ? 'Select none' : `Only the ${formatCount(count)} that I selected`) : 'Clear selection'}
      </Button>
    </div>
  )
}
