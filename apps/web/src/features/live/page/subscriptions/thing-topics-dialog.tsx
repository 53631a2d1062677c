import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Textarea from '@cloudscape-design/components/textarea'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { endpoints, THING_NAME_VARIABLE } from '@thingdeck/contract'
import { validateTopicFilter } from '@thingdeck/topics'
import { useState } from 'react'
import { api } from '../../../../shared/api.ts'
import { Dialog } from '../../../../shared/dialog/dialog.tsx'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import { THING_TOPICS_KEY, type ThingTopics, wordsOf } from './thing-topics.ts'

interface ThingTopicsDialogProps {
  readonly topics: ThingTopics
  readonly onClose: () => void
}

/** Where things of a type have their own messages: everyone sees it, admins set it. No filter at all forgets what was set. */
export function ThingTopicsDialog({ topics, onClose }: ThingTopicsDialogProps) {
  const { thingTypeName, templates } = topics
  const client = useQueryClient()
  const [text, setText] = useState(templates.join('\n'))
  const filters = text.split('\n').filter((line) => line.trim() !== '')
  const problem = problemOf(filters)
  const of = thingTypeName === undefined ? {} : { thingTypeName }
  const set = useMutation({
    mutationFn: () =>
      filters.length === 0
        ? api(endpoints.resetThingTopics, { query: of })
        : api(endpoints.setThingTopics, { body: { ...of, topicFilters: filters } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: THING_TOPICS_KEY })
      onClose()
    },
  })
  const whose = thingTypeName === undefined ? 'things of no type' : `things of the type ${thingTypeName}`
  return (
    <Dialog
      header={`Topics of ${whose}`}
      action={filters.length === 0 ? 'Use the usual topics' : 'Set topics'}
      whyNot={useWhyNot('admin') ?? problem}
      busy={set.isPending}
      error={set.error}
      failure="The topics were not set"
      onAction={() => set.mutate()}
      onClose={onClose}
    >
      <Alert type="info">
        {wordsOf(topics)} The Live tab of each of them begins with these topics, its shadows, and its coming and going.
        {thingTypeName === undefined && ' What is set here holds for every type, too, that has no topics of its own.'}
      </Alert>
      <FormField
        label="Topic filters, one a line"
        description={`${THING_NAME_VARIABLE} stands for the name of the thing.`}
        errorText={problem}
      >
        <Textarea
          value={text}
          rows={4}
          spellcheck={false}
          disableBrowserAutocorrect
          ariaLabel="Topic filters"
          onChange={({ detail }) => setText(detail.value)}
        />
      </FormField>
    </Dialog>
  )
}

function problemOf(filters: readonly string[]): string | undefined {
  for (const filter of filters) {
    const filled = filter.replaceAll(THING_NAME_VARIABLE, 'x')
    if (filled.includes('${')) return `${filter}: only ${THING_NAME_VARIABLE} can be replaced.`
    const problem = validateTopicFilter(filled)
    if (problem) return `${filter}: ${problem.message}.`
    if (!filter.includes(THING_NAME_VARIABLE)) {
      return `${filter}: without ${THING_NAME_VARIABLE} it would be the same for every thing.`
    }
  }
  return filters.length > 20 ? 'At most 20 filters.' : undefined
}
