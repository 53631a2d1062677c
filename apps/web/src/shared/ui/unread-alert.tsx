import Alert from '@cloudscape-design/components/alert'

interface UnreadAlertProps {
  readonly answer: { readonly outcome: 'read' | 'not-allowed' | 'not-served'; readonly message?: string } | undefined
  /** 'The users of IAM' */
  readonly what: string
  /** Which service has it, 'IAM'. */
  readonly service: string
  /** What the console's own role would need. */
  readonly needs: string
}

/** What of an AWS service cannot be read, and what would help; nothing where it was read. */
export function UnreadAlert({ answer, what, service, needs }: UnreadAlertProps) {
  if (answer === undefined || answer.outcome === 'read') return null
  return (
    <Alert type="warning" header={`${what} cannot be read`}>
      {answer.outcome === 'not-allowed'
        ? `The console’s own role needs ${needs}. `
        : `There is no ${service} at this endpoint. `}
      {answer.message}
    </Alert>
  )
}
