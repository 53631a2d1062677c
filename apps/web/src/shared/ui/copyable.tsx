import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { NameText } from '../text/name-text.tsx'

interface CopyableProps {
  /** Completes 'Copy …'. */
  readonly what: string
  readonly text: string
  /** Shown in its place where it is long. */
  readonly shown?: string
}

/** A technical name that people copy. */
export function Copyable({ what, text, shown }: CopyableProps) {
  return (
    <span className="td-mono">
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        textToDisplay={<NameText text={shown ?? text} />}
        copyButtonAriaLabel={`Copy ${what}`}
        copySuccessText="Copied"
        copyErrorText="It could not be copied"
      />
    </span>
  )
}
