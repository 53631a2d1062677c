import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { diagnoseSql, stringifyValue, type Value } from '@thingdeck/rules-sql'
import { useState } from 'react'
import { serverClock } from '../../../shared/clock/server-clock.ts'
import { PayloadInput } from './payload-input.tsx'
import { runUnderVersions, type VersionResult } from './run-under-versions.ts'

interface VersionDifferencesProps {
  readonly sql: string
  /** What was seen of payloads; Undefined: one has to be typed. */
  readonly sample: Value
}

const VERSIONS = ['2015-10-08', '2016-03-23'] as const

/** What is known to differ (AWS IoT developer guide, "SQL versions"). */
const RULES: readonly (readonly [what: string, of2015: string, of2016: string])[] = [
  ['Whole numbers with a point, 10.0', 'stay 10.0', 'become 10, even by cast()'],
  ['Nested queries, { } and [ ] as literals', 'are refused', 'are taken'],
  ['A payload that is an array', 'is no JSON', 'is read'],
  [
    'encode(), decode(), get_dynamodb(), get_secret(), parse_time(), transform() and others',
    'are refused',
    'are taken',
  ],
]

/** The same statement under both versions: what each refuses, and what each makes of one payload. */
export function VersionDifferences({ sql, sample }: VersionDifferencesProps) {
  const [typed, setTyped] = useState<string>()
  const payload = typed ?? (sample === undefined ? '{"bar": 3.0}' : stringifyValue(sample))
  const results = runUnderVersions(sql, payload, serverClock.nowMs())
  return (
    <SpaceBetween size="s">
      <PayloadInput label="Payload to compare by" value={payload} onChange={setTyped} />
      <table className="td-versions">
        <thead>
          <tr>
            <th scope="col" />
            {VERSIONS.map((version) => (
              <th scope="col" key={version}>
                {version}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Of this statement</th>
            {VERSIONS.map((version) => (
              <td key={version}>{errorsOf(sql, version)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">With this payload</th>
            {results.map((result) => (
              <td key={result.version}>
                <VersionOutcome result={result} />
              </td>
            ))}
          </tr>
          {RULES.map(([what, ...differences]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              {differences.map((difference) => (
                <td key={difference}>{difference}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Box color="text-body-secondary">
        {results[0]?.text === results[1]?.text
          ? 'With this payload both versions give the same.'
          : 'With this payload the versions give different results.'}{' '}
        Whether your own messages are decided differently, the rehearsal counts: compare each message with the other
        version.
      </Box>
    </SpaceBetween>
  )
}

function errorsOf(sql: string, version: (typeof VERSIONS)[number]): string {
  const { errors } = diagnoseSql(sql, version)
  return errors[0] ? errors[0].message : 'It is taken'
}

const VersionOutcome = ({ result: { kind, text } }: { readonly result: VersionResult }) =>
  kind === 'result' ? <code>{text}</code> : <span>{text}</span>
