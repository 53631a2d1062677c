import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, MOST_SEARCHABLE_ATTRIBUTES } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Pair, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import { brokenAtOnce } from '../../shared/form/text-limits.ts'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { THING_TYPES } from '../../shared/pickers/registry-keys.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { ATTRIBUTE_NAME_LIMITS, DESCRIPTION_LIMITS, NAME_LIMITS } from '../../shared/things/registry-limits.ts'
import { PropagatingField } from './components/propagating-field.tsx'
import { attributesOf, linesRule, type PropagatingLine } from './propagating.ts'

interface Values {
  readonly thingTypeName: string
  readonly description: string
  /** Names, one a word. */
  readonly searchable: string
  readonly propagating: readonly PropagatingLine[]
  readonly tags: readonly Pair[]
}

const NEW: Values = { thingTypeName: '', description: '', searchable: '', propagating: [], tags: [] }

const namesIn = (text: string) => text.split(/\s+/).filter((name) => name !== '')

function searchableRule(text: string): string | undefined {
  const names = namesIn(text)
  if (names.length > MOST_SEARCHABLE_ATTRIBUTES) {
    return `At most ${MOST_SEARCHABLE_ATTRIBUTES}; these are ${names.length}.`
  }
  return names.map((name) => brokenAtOnce(ATTRIBUTE_NAME_LIMITS, name)).find((problem) => problem !== undefined)
}

/** A thing type; but for what its messages get, nothing of it changes afterwards. */
export function CreateThingTypePage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create thing type',
    breadcrumbs: [
      { text: 'Thing types', href: paths.thingTypes() },
      { text: 'Create thing type', href: paths.createThingType() },
    ],
  })
  const form = useForm<Values, { readonly thingTypeName: string }>({
    initial: NEW,
    limits: {
      thingTypeName: NAME_LIMITS,
      description: DESCRIPTION_LIMITS,
    },
    rules: { searchable: searchableRule, propagating: linesRule, tags: pairsRule(TAG_RULES) },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'thingTypeName' },
    submit: ({ thingTypeName, description, searchable, propagating, tags }) =>
      api(endpoints.createThingType, {
        body: {
          thingTypeName,
          searchableAttributes: namesIn(searchable),
          propagatingAttributes: attributesOf(propagating),
          tags: recordOf(tags),
          ...(description !== '' && { description }),
        },
      }),
    onDone: ({ thingTypeName }) => {
      void client.invalidateQueries({ queryKey: THING_TYPES })
      history.push(paths.thingType(thingTypeName))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader description="AWS never changes its name, description or searchable attributes afterwards; what messages get can be changed.">
        Create thing type
      </PageHeader>
      <Form
        form={form}
        action="Create thing type"
        failure="The thing type could not be created"
        unsaved="the new thing type"
        cancelHref={paths.thingTypes()}
        whyNot={useWhyNot('admin')}
      >
        <TextField field={form.field('thingTypeName')} label="Name" />
        <TextField field={form.field('description')} label="Description" rows={2} />
        <TextField
          field={form.field('searchable')}
          label="Searchable attributes"
          description="Attributes by which the registry finds things of this type even without a fleet index."
          constraint={`Up to ${MOST_SEARCHABLE_ATTRIBUTES} names of attributes, with blanks between them.`}
        />
        <PropagatingField field={form.field('propagating')} />
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}
