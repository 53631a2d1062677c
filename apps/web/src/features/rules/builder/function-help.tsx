import Box from '@cloudscape-design/components/box'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { FUNCTION_GROUPS, FUNCTION_REFERENCES, type SqlVersion } from '@thingdeck/rules-sql'
import { useState } from 'react'

/** All functions of the language by subject, with what they take and give. */
export function FunctionHelp({ sqlVersion }: { readonly sqlVersion: SqlVersion }) {
  const [wanted, setWanted] = useState('')
  const word = wanted.trim().toLowerCase()
  const found = FUNCTION_REFERENCES.filter(({ name, summary, group }) =>
    `${name} ${summary} ${group}`.toLowerCase().includes(word),
  )
  return (
    <SpaceBetween size="s">
      <Input
        type="search"
        value={wanted}
        placeholder="Find a function by its name or what it does"
        ariaLabel="Find a function"
        onChange={({ detail }) => setWanted(detail.value)}
      />
      {sqlVersion === '2015-10-08' && <Box color="text-body-secondary">Some need SQL version 2016-03-23.</Box>}
      {found.length === 0 && <Box color="text-body-secondary">No function is like this.</Box>}
      <div className="td-functions">
        {FUNCTION_GROUPS.map((group) => {
          const functions = found.filter((each) => each.group === group)
          if (functions.length === 0) return null
          return (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {functions.map(({ name, parameters, result, summary }) => (
                  <div key={name + parameters}>
                    <dt>
                      <code>
                        {name}
                        {parameters}
                      </code>{' '}
                      <span>→ {result}</span>
                    </dt>
                    <dd>{summary.replaceAll('`', '')}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </SpaceBetween>
  )
}
