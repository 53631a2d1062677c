import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { formatCount } from '../format.ts'

interface TailControlProps {
  readonly isTailing: boolean
  /** Why nothing new can come. */
  readonly whyNot: string | undefined
  readonly waiting: number
  readonly hasGap: boolean
  readonly error: Error | null
  readonly onTail: (isTailing: boolean) => void
  readonly onShow: () => void
}

/** Whether new entries come by themselves, and those that wait until nobody looks at what they would move. */
export function TailControl({ isTailing, whyNot, waiting, hasGap, error, onTail, onShow }: TailControlProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <span aria-live="polite">
        {isTailing && error ? (
          <StatusIndicator type="warning">New entries could not be read; it is tried again</StatusIndicator>
        ) : isTailing && hasGap ? (
          <StatusIndicator type="warning">More came than could be read: refresh shows all</StatusIndicator>
        ) : (
          waiting > 0 && (
            <Button iconName="angle-up" onClick={onShow}>
              Show {formatCount(waiting)} new {waiting === 1 ? 'entry' : 'entries'}
            </Button>
          )
        )}
      </span>
      <Button
        iconName={isTailing ? 'pause' : 'play'}
        onClick={() => onTail(!isTailing)}
        {...(whyNot !== undefined && { disabled: true, disabledReason: whyNot })}
      >
        {isTailing ? 'Stop live tail' : 'Live tail'}
      </Button>
    </SpaceBetween>
  )
}
