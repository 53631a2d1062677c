import './authorization.css'
import type { NearestStatement, PolicyDecision } from '@thingdeck/policies'
import { Compared } from './compared.tsx'
import { DifferenceText } from './difference-text.tsx'
import type { PolicySet } from './policy-set.ts'
import { statementWords } from './statement-words.ts'

interface NearestViewProps {
  readonly nearest: NearestStatement
  readonly decision: Pick<PolicyDecision, 'action' | 'resource'>
  readonly policies: PolicySet
}

/** The statement that comes nearest to allowing it, and all that keeps it from doing so. */
export function NearestView({ nearest, decision, policies }: NearestViewProps) {
  const { coversAction, actions, resource, isLeftOut, missing, unmet } = nearest
  return (
    <Compared>
      <dt>Nearest</dt>
      <dd>{statementWords(nearest.statement, policies)}</dd>
      {!coversAction && (
        <>
          <dt>Action</dt>
          <dd>
            It allows <span className="td-mono">{actions.join(', ')}</span>, not{' '}
            <span className="td-mono">{decision.action}</span>.
          </dd>
        </>
      )}
      {isLeftOut && (
        <>
          <dt>Resource</dt>
          <dd>
            Its <span className="td-mono">NotResource</span> leaves this one out.
          </dd>
        </>
      )}
      {resource && (
        <>
          <dt>It allows</dt>
          <dd>
            <DifferenceText stretches={resource.difference.pattern} />
          </dd>
          {resource.written !== resource.difference.pattern.map(({ text }) => text).join('') && (
            <>
              <dt>as written</dt>
              <dd className="td-mono td-weak">{resource.written}</dd>
            </>
          )}
          <dt>Asked for</dt>
          <dd>
            <DifferenceText stretches={resource.difference.text} />
          </dd>
        </>
      )}
      {missing.length > 0 && (
        <>
          <dt>No value</dt>
          <dd>
            <span className="td-mono">{missing.join(', ')}</span>: without it, the statement does not match.
          </dd>
        </>
      )}
      {unmet.map(({ operator, key, values, actual }) => (
        <Unmet key={`${operator} ${key}`} words={`${operator} ${key}: ${values.join(' or ')}`} actual={actual} />
      ))}
    </Compared>
  )
}

function Unmet({ words, actual }: { words: string; actual: string | readonly string[] | undefined }) {
  return (
    <>
      <dt>Condition</dt>
      <dd>
        <span className="td-mono">{words}</span> does not hold:{' '}
        {actual === undefined ? (
          'the request has no such key.'
        ) : (
          <>
            here it is <span className="td-mono">{[actual].flat().join(', ') || '(nothing)'}</span>.
          </>
        )}
      </dd>
    </>
  )
}
