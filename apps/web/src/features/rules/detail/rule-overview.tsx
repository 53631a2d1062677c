import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type Rule, type RulePayload, withoutRuleSecrets } from '@thingdeck/contract'
import { diagnoseSql, sqlVersionOf } from '@thingdeck/rules-sql'
import { Facts } from '../../../shared/details/facts.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { prettySql } from '../rule-statement.ts'
import { SqlText } from '../sql-text.tsx'
import { RuleActionFacts } from './rule-action-facts.tsx'
import { headFacts } from './rule-facts.tsx'
import { RuleRoles } from './rule-roles.tsx'

/** What a rule is: its statement, what it does with what that selects, and on whose right. */
export function RuleOverview({ rule }: { readonly rule: Rule }) {
  const { payload } = rule
  const { actions, errorAction } = payload
  return (
    <SpaceBetween size="m">
      <Container>
        <Facts facts={headFacts(rule)} />
      </Container>
      <Container header={<Header variant="h2">SQL</Header>}>
        <SpaceBetween size="s">
          <SqlText sql={prettySql(payload.sql)} />
          <Doubts payload={payload} />
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            counter={`(${actions.length})`}
            description="All of them are done for each message that the SQL selects; one that fails stops no other."
          >
            Actions
          </Header>
        }
      >
        {actions.length === 0 ? (
          'It has none: it selects, and nothing comes of it.'
        ) : (
          <SpaceBetween size="m">
            {actions.map((action, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: actions of one rule have no other name than their place
              <RuleActionFacts key={index} action={action} />
            ))}
          </SpaceBetween>
        )}
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description="Done once for a message of which an action failed, with what failed and why."
          >
            Error action
          </Header>
        }
      >
        {errorAction ? (
          <RuleActionFacts action={errorAction} />
        ) : (
          'None: a message whose action fails is lost to that action, and AWS IoT’s log is all that tells of it.'
        )}
      </Container>
      <RuleRoles rule={rule} />
      <ExpandableSection
        variant="container"
        headerText="As JSON"
        headerDescription="What CreateTopicRule takes. Secrets are left out."
      >
        <RuleJson payload={payload} />
      </ExpandableSection>
    </SpaceBetween>
  )
}

function RuleJson({ payload }: { readonly payload: RulePayload }) {
  const text = JSON.stringify(withoutRuleSecrets(payload), undefined, 2)
  return (
    <SpaceBetween size="xs">
      <CopyToClipboard
        copyButtonText="Copy"
        copyButtonAriaLabel="Copy the rule as JSON"
        copySuccessText="Copied"
        copyErrorText="It could not be copied"
        textToCopy={text}
      />
      <pre className="td-payload">{visible(text)}</pre>
    </SpaceBetween>
  )
}

/** What AWS took, and is surely not meant; or what this console does not understand. */
function Doubts({ payload: { sql, awsIotSqlVersion } }: { readonly payload: RulePayload }) {
  const { errors, warnings } = diagnoseSql(sql, sqlVersionOf(awsIotSqlVersion))
  const doubts = [...errors, ...warnings]
  if (doubts.length === 0) return null
  return (
    <Alert type="warning" header={doubts.length === 1 ? 'Surely not meant' : 'Surely not meant so'}>
      <ul className="td-plain-list">
        {doubts.map(({ message, from }) => (
          <li key={`${from} ${message}`}>{visible(message)}</li>
        ))}
      </ul>
    </Alert>
  )
}
