import Button from '@cloudscape-design/components/button'
import Popover from '@cloudscape-design/components/popover'

const TERMS: readonly (readonly [term: string, meaning: string])[] = [
  ['pump alarm', 'both words, in topic or payload'],
  ['"pump 7"', 'the words with their space'],
  ['topic:dt/+/pump-7/#', 'the topic matches a topic filter'],
  ['topic:"hall 2/#"', '… that has a blank in it'],
  ['/flow":\\s*4/', 'a regular expression on topic or payload'],
  ['$.pressure > 2.5', 'a JSON path compared: = != > >= < <='],
  ['$.unit = "bar"', '… with text, true, false or null'],
  ['$.alarm', 'the path exists'],
  ['SQL temperature > 20', 'an expression in the SQL of rules'],
  ['SELECT * FROM … WHERE …', 'a whole statement of rules'],
  ['last:5m', 'received in the last 5 minutes (s, m, h, d)'],
  ['time:12:04..12:10', 'received from … to …; ends may be left out'],
  ['-debug', 'not: any term with a minus before it'],
]

/** What can be written into the filter field. */
export function FilterHelp() {
  return (
    <Popover
      header="Filter"
      size="large"
      position="bottom"
      triggerType="custom"
      content={
        <>
          <p className="td-help-lead">
            A message is shown when it meets every term. Paths lead into JSON, CBOR, MessagePack, Sparkplug B and
            Protocol Buffers whose type is given.
          </p>
          <dl className="td-help-terms">
            {TERMS.map(([term, meaning]) => (
              <div key={term}>
                <dt className="td-mono">{term}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </>
      }
    >
      <Button variant="icon" iconName="status-info" ariaLabel="How to filter" />
    </Popover>
  )
}
