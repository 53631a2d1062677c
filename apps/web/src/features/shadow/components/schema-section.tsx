import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { JsonObject } from '@thingdeck/json'
import { memo, useState } from 'react'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import type { TextCheck } from '../../../shared/editor/text-problem.ts'
import { readSchema } from '../../../shared/json-schema/json-schema.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { postUpdate } from '../api.ts'
import { readSectionText } from '../model/section-text.ts'
import { type ShadowSchema, schemaQuery } from '../use-schema.ts'

interface SchemaSectionProps {
  readonly schema: ShadowSchema
  readonly forbidden: string | undefined
}

const EXAMPLE = `{
  "properties": {
    "mode": { "enum": ["auto", "off"] },
    "target": { "type": "number", "minimum": 5, "maximum": 30 }
  }
}`

/** The JSON Schema of `desired`, shared by all things of the type. */
export const SchemaSection = memo(function SchemaSection({ schema, forbidden }: SchemaSectionProps) {
  const [isExpanded, setExpanded] = useState(false)
  const { isRegistered, thingTypeName, key, stored } = schema
  if (thingTypeName === undefined) {
    return isRegistered ? (
      <Box color="text-body-secondary" fontSize="body-s">
        Give the thing a type to attach a JSON Schema: one schema is for all things of a type.
      </Box>
    ) : null
  }
  const isAttached = stored !== undefined && stored.text !== ''
  return (
    <ExpandableSection
      variant="container"
      headerText={`JSON Schema of the thing type ${thingTypeName}: ${isAttached ? 'attached' : 'none'}`}
      expanded={isExpanded}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {isExpanded &&
        (key ? (
          <SchemaEditor key={stored?.version ?? 0} schema={schema} forbidden={forbidden} />
        ) : (
          <Box color="text-body-secondary">The name of this thing type is too long to keep a schema for it.</Box>
        ))}
    </ExpandableSection>
  )
})

function SchemaEditor({ schema: { key, stored }, forbidden }: SchemaSectionProps) {
  const client = useQueryClient()
  const [text, setText] = useState(stored?.text || EXAMPLE)
  const result = readSchema(text)
  const save = useMutation({
    mutationFn: async (next: string | undefined) => {
      if (!key) return
      const reported = JsonObject.from([['schema', next ?? null]])
      await postUpdate(key, { reported }, stored?.version)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: schemaQuery(key).queryKey }),
  })
  const whyNot = forbidden ?? (result.ok ? undefined : result.message)
  return (
    <SpaceBetween size="s">
      {save.error && <ErrorAlert error={save.error} what="The schema could not be stored" />}
      <Box color="text-body-secondary">
        It describes desired. The form takes its fields from it, and no draft is sent that newly breaks it. Other
        programs may still write what they like: AWS checks no schema.
      </Box>
      <JsonEditor
        label="JSON Schema"
        text={text}
        onChange={setText}
        readOnly={forbidden !== undefined}
        check={problemsOfSchema}
      />
      {!result.ok && <span className="td-error">{result.message}</span>}
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          onClick={() => save.mutate(text)}
          loading={save.isPending}
          disabled={whyNot !== undefined || text === stored?.text}
          {...(whyNot === undefined ? {} : { disabledReason: whyNot })}
        >
          Attach schema
        </Button>
        <Button
          onClick={() => save.mutate(undefined)}
          disabled={forbidden !== undefined || !stored?.text}
          {...(forbidden === undefined ? {} : { disabledReason: forbidden })}
        >
          Remove schema
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  )
}

const problemsOfSchema: TextCheck = (text) => {
  const section = readSectionText(text)
  if (section.value === undefined) return section.problems
  const result = readSchema(text)
  return result.ok ? [] : [{ severity: 'error', message: result.message, from: 0, to: 1 }]
}
