import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

/** A technical name that people copy. `what` completes 'Copy …'. */
export function Copyable({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <span className="td-mono">
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        copyButtonAriaLabel={`Copy ${what}`}
        copySuccessText="Copied"
        copyErrorText="It could not be copied"
      />
    </span>
  )
}
