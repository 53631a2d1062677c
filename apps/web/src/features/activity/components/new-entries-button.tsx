import Button from '@cloudscape-design/components/button'

interface NewEntriesButtonProps {
  readonly count: number
  readonly isMore: boolean
  readonly onShow: () => void
}

/** Newer entries wait until they are asked for. */
export function NewEntriesButton({ count, isMore, onShow }: NewEntriesButtonProps) {
  const words = count === 1 ? 'Show 1 new entry' : `Show ${count}${isMore ? ' or more' : ''} new entries`
  return (
    <span aria-live="polite">
      {count > 0 && (
        <Button iconName="angle-up" onClick={onShow}>
          {words}
        </Button>
      )}
    </span>
  )
}
