import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { bytesText } from '../engine/value-text.ts'
import type { ActionLine, DecisionDetail, ErrorActionLine } from '../protocol.ts'
import { DecisionState } from './decision-words.tsx'
import { RequestView } from './request-view.tsx'

/** All that a rule makes of one message: its WHERE term by term, its output, and what each action would do with it. */
export function DecisionDetailView({ detail }: { readonly detail: DecisionDetail }) {
  const { kind, words, terms, variables, undefinedNotes, output, actions, errorAction } = detail
  return (
    <SpaceBetween size="s">
      <div>
        <DecisionState kind={kind} />
        {kind !== 'matched' && (
          <>
            {' '}
            <VisibleText text={words} />
          </>
        )}
      </div>
      {terms.length > 0 && (
        <table className="td-rehearsal-terms" aria-label="WHERE, term by term">
          <tbody>
            {terms.map(({ depth, text, value, from, to }) => (
              <tr key={`${from} ${to} ${depth}`}>
                <th scope="row" className="td-mono" style={{ paddingInlineStart: depth * 16 }}>
                  {text}
                </th>
                <td className="td-mono">
                  <VisibleText text={value} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {variables.length > 0 && (
        <ul className="td-plain-list" aria-label="Variables of SET">
          {variables.map(({ name, value }) => (
            <li key={name} className="td-mono">
              @{name} = <VisibleText text={value} />
            </li>
          ))}
        </ul>
      )}
      {undefinedNotes.length > 0 && (
        <ul className="td-plain-list" aria-label="What was Undefined">
          {[...new Set(undefinedNotes)].map((note) => (
            <li key={note} className="td-weak">
              Undefined: {note}.
            </li>
          ))}
        </ul>
      )}
      {output && (
        <div>
          <Box variant="awsui-key-label">Output, {output.length} bytes</Box>
          <pre className="td-payload">
            <VisibleText text={bytesText(output)} keepsLines />
          </pre>
        </div>
      )}
      {actions.map((action) => (
        <ActionView key={action.place} action={action} />
      ))}
      {errorAction && <ErrorActionView action={errorAction} />}
    </SpaceBetween>
  )
}

function ActionView({ action }: { readonly action: ActionLine }) {
  const { place, templates } = action
  return (
    <div>
      <Box variant="awsui-key-label">{place}</Box>
      {templates.length > 0 && (
        <ul className="td-plain-list">
          {templates.map(({ member, text, value, missing, problem: fault }) => (
            <li key={member} className="td-mono">
              {member}: {text} →{' '}
              {fault === undefined ? (
                <>
                  <VisibleText text={JSON.stringify(value)} />
                  {missing && (
                    <span className="td-error">
                      {' '}
                      {missing.join(', ')} is Undefined here: nothing stands in its place
                    </span>
                  )}
                </>
              ) : (
                <span className="td-error">{fault}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <RequestView action={action} />
    </div>
  )
}

/** What the error action would be given, and would send. */
function ErrorActionView({ action }: { readonly action: ErrorActionLine }) {
  const { isAssumed, failing, document } = action
  return (
    <ExpandableSection
      headerText={isAssumed ? 'Error action, if the actions failed' : 'Error action, as it would run for this message'}
      defaultExpanded={!isAssumed}
    >
      <SpaceBetween size="xs">
        <p className="td-weak">
          {isAssumed
            ? `What AWS IoT would tell if ${failing.length === 1 ? 'the action' : 'all actions'} failed; … stands for the reason, which the service would give.`
            : `With this message ${failing.join(', ')} ${failing.length === 1 ? 'fails' : 'fail'} before anything is sent.`}
        </p>
        <div>
          <Box variant="awsui-key-label">Document</Box>
          <pre className="td-payload">
            <VisibleText text={document} keepsLines />
          </pre>
        </div>
        <ActionView action={action} />
      </SpaceBetween>
    </ExpandableSection>
  )
}
