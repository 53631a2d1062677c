import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { CommandId, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { RadioField, TextField } from '../../../shared/form/fields.tsx'
import { Form } from '../../../shared/form/form.tsx'
import { pairsRule } from '../../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { TAG_RULES } from '../../../shared/tags/tag-rules.ts'
import { TagsField } from '../../../shared/tags/tags-field.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { commandQuery, commandsChanged } from '../api.ts'
import type { CreateCommandSearch } from '../search.ts'
import { COMMAND_RULES, type CommandValues, commandOf, NEW_COMMAND, valuesLike } from './command-values.ts'
import { PayloadFields } from './payload-fields.tsx'
import { TemplateFields } from './template-fields.tsx'

const KINDS = [
  {
    value: 'template',
    label: 'A template with values',
    description: 'JSON in which each sending puts values: a level, a mode, a time.',
  },
  {
    value: 'static',
    label: 'Always the same',
    description: 'Any bytes with their content type, as every device gets them.',
  },
] as const

/** A new command, from nothing or like another one. */
export function CreateCommandPage({ search: { like } }: SearchProps<CreateCommandSearch>) {
  usePageChrome({
    title: 'Create command',
    breadcrumbs: [
      { text: 'Commands', href: paths.commands() },
      { text: 'Create command', href: paths.createCommand() },
    ],
  })
  const command = useQuery({ ...commandQuery(like ?? ''), enabled: like !== undefined })
  if (command.error) return <ErrorAlert error={command.error} what="The command could not be read" />
  if (like !== undefined && !command.data) return <Loading what="command" />
  return <CreateForm key={like ?? ''} begin={command.data ? valuesLike(command.data) : NEW_COMMAND} like={like} />
}

function CreateForm({ begin, like }: { readonly begin: CommandValues; readonly like: string | undefined }) {
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm({
    initial: begin,
    limits: {
      commandId: limitsOf(CommandId, 'letters, digits and _ -'),
      displayName: { maxLength: 64 },
      description: { maxLength: 2_028 },
    },
    rules: { ...COMMAND_RULES, tags: pairsRule(TAG_RULES) },
    fieldsOfCodes: { ConflictException: 'commandId' },
    submit: (values) => api(endpoints.createCommand, { body: commandOf(values) }),
    onDone: ({ commandId }) => {
      void commandsChanged(client)
      history.push(paths.command(commandId))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader
        description={
          like === undefined
            ? 'What it sends never changes afterwards: another payload is another command.'
            : `It begins as ${like}. What it sends never changes afterwards.`
        }
      >
        Create command
      </PageHeader>
      <Form
        form={form}
        action="Create command"
        failure="The command could not be created"
        unsaved="the new command"
        cancelHref={paths.commands()}
        whyNot={useWhyNot('operator')}
        isBare
      >
        <Container>
          <SpaceBetween size="l">
            <TextField field={form.field('commandId')} label="Id of the command" placeholder="set-brightness" />
            <TextField field={form.field('displayName')} label="Display name" placeholder="Set the brightness" />
            <TextField field={form.field('description')} label="Description" rows={2} />
          </SpaceBetween>
        </Container>
        <Container header={<Header variant="h2">What devices get</Header>}>
          <SpaceBetween size="l">
            <RadioField field={form.field('kind')} label="Payload" options={KINDS} />
            {form.values.kind === 'static' ? <PayloadFields form={form} /> : <TemplateFields form={form} />}
          </SpaceBetween>
        </Container>
        <Container>
          <TagsField field={form.field('tags')} />
        </Container>
      </Form>
    </SpaceBetween>
  )
}
