import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { ProvisioningHookAnswer, ProvisioningTemplateDetail } from '@thingdeck/contract'
import { useCallback, useMemo, useState } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { templateVersionQuery } from '../api.ts'
import { readTemplateDraft } from '../editor/template-drafts.ts'
import type { ProvisioningTemplateSearch } from '../search.ts'
import { CertificateField } from './certificate-field.tsx'
import { DeviceSources } from './device-sources.tsx'
import { DeviceTable } from './device-table.tsx'
import { judgeHook } from './hook-answer.ts'
import { HookTrial } from './hook-trial.tsx'
import { OutcomeView } from './outcome-view.tsx'
import { OutcomeLine, obstacleOf } from './outcome-words.tsx'
import { ParameterFields, useDeclared } from './parameter-fields.tsx'
import { MOST_DEVICES } from './recorded-requests.ts'
import type { RehearsedDevice } from './rehearsed-device.ts'
import { MADE_UP_ID } from './surroundings-of.ts'
import { type DeviceOutcome, useOutcomes } from './use-outcomes.ts'

interface RehearsalTabProps extends SearchProps<ProvisioningTemplateSearch> {
  readonly template: ProvisioningTemplateDetail
}

/** What is rehearsed: the draft, or a version. */
const DRAFT = 'draft'

const TYPED: RehearsedDevice = {
  id: 'typed',
  label: 'Typed below',
  parameters: {},
  pseudo: { 'AWS::IoT::Certificate::Id': MADE_UP_ID },
}

/** What would be made, changed or refused for a device, and by which step: nothing is touched. */
export function RehearsalTab({ template, search, setSearch }: RehearsalTabProps) {
  const { templateName, templateBody, defaultVersionId, versions } = template
  const [draft] = useState(() => readTemplateDraft(templateName))
  const asked = versions.find(({ versionId }) => String(versionId) === search.version)?.versionId
  const isDraft = asked === undefined && draft !== undefined
  const versionId = asked ?? defaultVersionId
  const version = useQuery({
    ...templateVersionQuery(templateName, versionId),
    enabled: !isDraft && versionId !== defaultVersionId,
  })
  const text = isDraft ? draft.text : versionId === defaultVersionId ? templateBody : version.data?.templateBody
  const options = [
    ...(draft ? [{ value: DRAFT, label: 'The draft' }] : []),
    ...versions.map((each) => ({
      value: String(each.versionId),
      label: each.isDefault ? `Version ${each.versionId} (default)` : `Version ${each.versionId}`,
    })),
  ]
  return (
    <SpaceBetween size="m">
      <FormField
        label="What is rehearsed"
        description="Nothing is touched: the console reads what is there, and works out the rest here."
      >
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === (isDraft ? DRAFT : String(versionId))) ?? null}
          onChange={({ detail: { selectedOption } }) =>
            setSearch({ version: selectedOption.value === DRAFT ? undefined : selectedOption.value })
          }
        />
      </FormField>
      {version.error && <ErrorAlert error={version.error} what="The version could not be read" />}
      {text === undefined ? (
        !version.error && <Loading what="version" />
      ) : (
        <Rehearsal
          template={template}
          text={text}
          name={isDraft ? 'the draft' : `version ${versionId}`}
          isDefault={!isDraft && versionId === defaultVersionId}
        />
      )}
    </SpaceBetween>
  )
}

interface RehearsalProps {
  readonly template: ProvisioningTemplateDetail
  readonly text: string
  /** What it is called, 'version 2'. */
  readonly name: string
  readonly isDefault: boolean
}

function Rehearsal({ template, text, name, isDefault }: RehearsalProps) {
  const { templateName, templateArn, templateBody, defaultVersionId, type, preProvisioningHook: hook } = template
  const [typed, setTyped] = useState(TYPED)
  const [received, setReceived] = useState<readonly RehearsedDevice[]>([])
  const [selectedId, setSelectedId] = useState(TYPED.id)
  const [answers, setAnswers] = useState<ReadonlyMap<string, ProvisioningHookAnswer>>(new Map())
  const devices = useMemo(() => [typed, ...received], [typed, received])
  const overrides = useMemo(
    () =>
      new Map(
        [...answers].map(([id, answer]) => {
          const verdict = judgeHook(answer)
          return [id, verdict.kind === 'allowed' ? verdict.overrides : {}] as const
        }),
      ),
    [answers],
  )
  const outcomes = useOutcomes(text, type, devices, overrides)
  const defaults = useOutcomes(templateBody, type, isDefault ? NONE : devices, overrides)
  const addDevices = useCallback((more: readonly RehearsedDevice[]) => {
    const withIds = more.map((device) => ({ ...device, pseudo: { ...TYPED.pseudo, ...device.pseudo } }))
    setReceived((before) => [...withIds.toReversed(), ...before].slice(0, MOST_DEVICES))
  }, [])
  const selected = devices.find(({ id }) => id === selectedId) ?? typed
  const answer = answers.get(selected.id)
  const obstacleTo = (id: string): string | undefined => {
    const given = answers.get(id)
    return obstacleOf(template.enabled, given !== undefined && judgeHook(given).kind === 'refused')
  }
  const obstacle = obstacleTo(selected.id)
  const declared = useDeclared(text, type)
  const asked = declared.filter(({ isPseudo, name: of }) => !isPseudo || (type === 'JITP' && !of.endsWith('::Id')))
  const outcome = outcomes.get(selected.id)
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            description={
              type === 'JITP'
                ? 'A certificate that your CA signed, or what its subject would say.'
                : 'What a device would send, or devices did.'
            }
          >
            The device that comes
          </Header>
        }
      >
        <SpaceBetween size="m">
          {type === 'JITP' && (
            <CertificateField
              onRead={(pseudo, certificatePem) => setTyped((before) => ({ ...before, pseudo, certificatePem }))}
            />
          )}
          <ParameterFields
            parameters={asked}
            values={type === 'JITP' ? typed.pseudo : typed.parameters}
            onChange={(values) => {
              setSelectedId(TYPED.id)
              setTyped((before) =>
                type === 'JITP' ? { ...before, pseudo: values } : { ...before, parameters: values },
              )
              setAnswers((before) => new Map([...before].filter(([id]) => id !== TYPED.id)))
            }}
          />
          {type === 'FLEET_PROVISIONING' && <DeviceSources templateName={templateName} onDevices={addDevices} />}
        </SpaceBetween>
      </Container>
      {received.length > 0 && (
        <DeviceTable
          devices={devices}
          outcomes={outcomes}
          {...(!isDefault && { defaults })}
          obstacleTo={obstacleTo}
          name={name}
          defaultName={`version ${defaultVersionId}`}
          selectedId={selected.id}
          onSelect={setSelectedId}
          onClear={() => {
            setReceived([])
            setSelectedId(TYPED.id)
          }}
        />
      )}
      {hook && type === 'FLEET_PROVISIONING' && (
        <Container header={<Header variant="h2">The hook is asked first</Header>}>
          <HookTrial
            key={selected.id}
            functionArn={hook.targetArn}
            templateArn={templateArn}
            device={selected}
            answer={answer}
            onAnswer={(given) => setAnswers((before) => new Map([...before, [selected.id, given]]))}
          />
        </Container>
      )}
      <Container
        header={
          <Header variant="h2" description={`By ${name}, with the resources of the account as they are now.`}>
            What would happen
          </Header>
        }
      >
        <SpaceBetween size="s">
          {obstacle === undefined ? (
            outcome?.kind === 'outcome' &&
            outcome.outcome.effect !== 'refused' && <OutcomeLine outcome={outcome} obstacle={undefined} />
          ) : (
            <Alert type="warning">Nothing: {obstacle}. Else this would happen:</Alert>
          )}
          <OutcomeView outcome={outcome} type={type} />
          {!isDefault && (
            <DefaultLine outcome={defaults.get(selected.id)} obstacle={obstacle} name={`version ${defaultVersionId}`} />
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  )
}

const NONE: readonly RehearsedDevice[] = []

interface DefaultLineProps {
  readonly outcome: DeviceOutcome | undefined
  readonly obstacle: string | undefined
  readonly name: string
}

const DefaultLine = ({ outcome, obstacle, name }: DefaultLineProps) => (
  <div>
    <Box variant="h4">By {name}, which decides now</Box>
    <OutcomeLine outcome={outcome} obstacle={obstacle} />
  </div>
)
