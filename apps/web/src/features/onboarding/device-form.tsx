import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import type { MadeCertificate } from '@thingdeck/contract'
import { useState } from 'react'
import { usualTopics } from '../../shared/device-package/device-package.ts'
import { FormElement } from '../../shared/form/form-element.tsx'
import { SENDS_FORM } from '../../shared/form/submitting-form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { PlanDialog } from '../../shared/plan/plan-dialog.tsx'
import { documentOf, TEMPLATES } from '../../shared/policy-editor/templates.ts'
import { usePolicyFindings } from '../../shared/policy-editor/use-policy-findings.ts'
import { useSession, useWhyNot } from '../../shared/session/session.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { UnsavedGuard } from '../../shared/unsaved/unsaved-guard.tsx'
import { IdentityFields } from './components/identity-fields.tsx'
import { PolicyFields } from './components/policy-fields.tsx'
import { ThingFields } from './components/thing-fields.tsx'
import { devicePlan, type Known, LIMITS, NEW_DEVICE, type NewDevice, RULES } from './new-device.ts'
import type { ConnectDeviceSearch } from './search.ts'
import { readThere, useThere } from './use-there.ts'

interface DeviceFormProps {
  readonly search: ConnectDeviceSearch
  /** A certificate was made: the address of the wait for its device. */
  readonly onMade: (made: MadeCertificate, where: ConnectDeviceSearch) => void
  readonly onUnmade: () => void
  /** Nothing more is done for the device: all is there, or something stopped it. */
  readonly onEnd: () => void
  /** An existing certificate can be used now. */
  readonly onSetUp: (where: ConnectDeviceSearch) => void
}

/** Name, key and policy of a device, reviewed before anything is made. */
export function DeviceForm({ search, onMade, onUnmade, onEnd, onSetUp }: DeviceFormProps) {
  const client = useQueryClient()
  const session = useSession()
  const [reviewed, setReviewed] = useState<{ readonly device: NewDevice; readonly known: Known }>()
  const [device] = TEMPLATES
  const form = useForm<NewDevice>({
    initial: {
      ...NEW_DEVICE,
      thingName: search.thing ?? '',
      thingTypeName: search.type ?? '',
      policyDocument: device ? documentOf(device, session) : '',
    },
    limits: LIMITS,
    rules: RULES,
    submit: async (device) => setReviewed({ device, known: await readThere(client, device) }),
  })
  const { values } = form
  const { thing, policy, certificate } = useThere(values)
  const { findings } = usePolicyFindings(values.policyDocument)
  const wrong = values.policy !== 'existing' && findings.find(({ severity }) => severity === 'error')
  const mayNot = useWhyNot('admin')
  const whyNot =
    mayNot ??
    (wrong ? `AWS would refuse the policy: ${wrong.words}` : undefined) ??
    (policy.state === 'other' ? 'There is a policy of this name that says something else.' : undefined) ??
    certificate.whyNot
  const where = reviewed && whereOf(reviewed.device)
  const plan =
    reviewed &&
    devicePlan(reviewed.device, reviewed.known, {
      onMade: (made) => onMade(made, { ...where, certificate: made.certificateId }),
      onUnmade,
      onEnd,
      onChange: () => void client.invalidateQueries(),
      onDone: () => {
        const { way, certificateId } = reviewed.device
        if (way === 'existing') onSetUp({ ...where, certificate: certificateId.trim().toLowerCase() })
      },
    })
  return (
    <FormElement form={form} whyNot={whyNot}>
      <UnsavedGuard what="the new device" isUnsaved={() => form.isUnsaved() && reviewed === undefined} />
      <SpaceBetween size="m">
        {form.failure && <ErrorAlert error={form.failure} what="The device could not be set up" />}
        <Container header={<Header variant="h2">1. Thing</Header>}>
          <ThingFields form={form} thing={thing} />
        </Container>
        <Container header={<Header variant="h2">2. Key and certificate</Header>}>
          <IdentityFields form={form} certificate={certificate} />
        </Container>
        <Container header={<Header variant="h2">3. Policy</Header>}>
          <PolicyFields form={form} policy={policy} />
        </Container>
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" href={paths.things()}>
              Cancel
            </Button>
            <Button
              variant="primary"
              nativeButtonAttributes={SENDS_FORM}
              {...(whyNot !== undefined && { disabled: true, disabledReason: whyNot })}
            >
              Review
            </Button>
          </SpaceBetween>
        </Box>
      </SpaceBetween>
      {plan && (
        <PlanDialog
          header={plan.title}
          action="Set up device"
          plan={plan}
          consequences={consequencesOf(reviewed.device)}
          onClose={() => setReviewed(undefined)}
        />
      )}
    </FormElement>
  )
}

const KEY_WORDS: Readonly<Record<NewDevice['way'], string>> = {
  browser: 'Its private key is made on this page, which alone has it: the next step is to download it.',
  aws: 'AWS IoT makes its private key and sends it here once: the next step is to download it.',
  csr: 'Its private key stays where the signing request was made.',
  ca: 'Its private key stays where it is: the certificate is registered.',
  'without-ca': 'Its private key stays where it is: the certificate is registered.',
  existing: 'Its private key stays where it is: the certificate is there.',
}

/** Where the device is waited for; samples of a gateway send elsewhere. */
const whereOf = ({ thingName, policy }: NewDevice): ConnectDeviceSearch => ({
  thing: thingName,
  ...(policy === 'gateway' && { send: `gw/${thingName}/telemetry`, listen: `gw/${thingName}/#` }),
})

function consequencesOf(device: NewDevice): readonly string[] {
  const send = whereOf(device).send ?? usualTopics(device.thingName).publish
  return [
    `A device with this certificate can connect as ${device.thingName}.`,
    KEY_WORDS[device.way],
    ...(device.policy === 'device' || device.policy === 'gateway'
      ? [`It may send below ${send.replace(/[^/]*$/, '')}, and what else the policy allows.`]
      : []),
  ]
}
