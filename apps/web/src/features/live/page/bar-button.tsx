import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import ToggleButton from '@cloudscape-design/components/toggle-button'
import { useIsWide } from '../../../shared/use-is-wide.ts'

interface BarProps {
  readonly icon: ButtonProps['iconName'] & string
  /** What it does: beside the icon where there is room, else on hover and for screen readers. */
  readonly words: string
}

interface BarButtonProps extends BarProps {
  readonly onClick: () => void
  readonly disabled?: boolean
  readonly disabledReason?: string
  readonly loading?: boolean
}

/** A button of the page's bars: in a window that is not wide only its icon, so that the bars take one line. */
export function BarButton({ icon, words, onClick, ...state }: BarButtonProps) {
  const isWide = useIsWide()
  return (
    <Button iconName={icon} {...(isWide ? {} : { ariaLabel: words })} onClick={onClick} {...state}>
      {isWide ? words : undefined}
    </Button>
  )
}

interface BarToggleProps extends BarProps {
  readonly pressed: boolean
  readonly onChange: (pressed: boolean) => void
}

/** {@link BarButton} that stays pressed. */
export function BarToggle({ icon, words, pressed, onChange }: BarToggleProps) {
  const isWide = useIsWide()
  return (
    <ToggleButton
      pressed={pressed}
      iconName={icon}
      pressedIconName={icon}
      {...(isWide ? {} : { ariaLabel: words })}
      onChange={({ detail }) => onChange(detail.pressed)}
    >
      {isWide ? words : undefined}
    </ToggleButton>
  )
}
