import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import './copy-text.css'

interface CopyTextProps {
  /** Completes 'Copy …'. */
  readonly what: string
  readonly text: string
}

/** A text of several lines to be copied. */
export function CopyText({ what, text }: CopyTextProps) {
  return (
    <div>
      <CopyToClipboard
        copyButtonText={`Copy ${what}`}
        copySuccessText="Copied"
        copyErrorText="It could not be copied"
        textToCopy={text}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="td-export" tabIndex={0}>
        {text}
      </pre>
    </div>
  )
}
