import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useRouter } from '@tanstack/react-router'
import { MAX_POLICY_DOCUMENT_SIZE, type PolicyFromTraffic, type PolicyLine } from '@thingdeck/policies'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { keepPolicyDraft, NEW_POLICY } from '../../../shared/policy-editor/policy-drafts.ts'
import { PolicyEditor } from '../../../shared/policy-editor/policy-editor.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'

interface MadePolicyProps {
  readonly made: PolicyFromTraffic
  /** Why it is not to be taken on yet. */
  readonly whyNotYet: string | undefined
}

/** A policy that was made of traffic, with why each of its lines is there, to be edited before it is kept. */
export function MadePolicy({ made, whyNotYet }: MadePolicyProps) {
  const { history } = useRouter()
  return (
    <SpaceBetween size="s">
      {made.size > MAX_POLICY_DOCUMENT_SIZE && (
        <Alert type="warning">
          The document is longer than AWS takes. Allow the shadows and jobs of its own thing as a whole, or let topics
          that differ in one level alone become a wildcard.
        </Alert>
      )}
      <PolicyEditor label="Policy from traffic" value={made.text} onChange={() => {}} readOnly />
      <Button
        variant="primary"
        {...(whyNotYet !== undefined && { disabled: true, disabledReason: whyNotYet })}
        onClick={() => {
          keepPolicyDraft(NEW_POLICY, made.text)
          history.push(paths.createPolicy())
        }}
      >
        Edit it as a new policy
      </Button>
      <Table
        variant="container"
        wrapLines
        header={
          <Header variant="h2" counter={`(${formatCount(made.lines.length)})`}>
            Why each line is there
          </Header>
        }
        items={made.lines}
        trackBy={({ action, resource }) => `${action} ${resource}`}
        columnDefinitions={LINE_COLUMNS}
        ariaLabels={{ tableLabel: 'Why each line is there' }}
      />
    </SpaceBetween>
  )
}

const LINE_COLUMNS: readonly TableProps.ColumnDefinition<PolicyLine>[] = [
  { id: 'action', header: 'Action', width: 150, cell: ({ action }) => <span className="td-mono">{action}</span> },
  {
    id: 'resource',
    header: 'Resource',
    isRowHeader: true,
    minWidth: 320,
    cell: ({ resource }) => (
      <span className="td-mono">
        <NameText text={resource.replace(/^(?:[^:]*:){5}/, '')} />
      </span>
    ),
  },
  { id: 'why', header: 'Why', minWidth: 240, cell: ({ words }) => words },
]
