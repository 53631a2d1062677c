import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import './commands.css'

interface CommandsProps {
  /** What they are, going on with 'Copy the commands:'. */
  readonly what: string
  readonly text: string
}

/** Commands for a shell, to be copied as a whole. */
export function Commands({ what, text }: CommandsProps) {
  return (
    <div className="td-commands">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keys, too */}
      <section tabIndex={0} aria-label={`Commands: ${what}`}>
        <pre>{text}</pre>
      </section>
      <CopyToClipboard
        copyButtonText="Copy"
        copyButtonAriaLabel={`Copy the commands: ${what}`}
        copySuccessText="Copied"
        copyErrorText="They could not be copied"
        textToCopy={`${text}\n`}
      />
    </div>
  )
}
