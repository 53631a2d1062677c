import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  DeleteCertificateCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  type IoTClient,
  RegisterCertificateCommand,
  RegisterCertificateWithoutCACommand,
  type ThingPrincipalType,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import type { BodyOf, endpoints, MadeCertificate } from '@thingdeck/contract'
import type { Arns } from '../../aws/arns.ts'

type Registration = BodyOf<typeof endpoints.registerCertificate>
type LoneRegistration = BodyOf<typeof endpoints.registerCertificateWithoutCa>
type SettableStatus = BodyOf<typeof endpoints.updateCertificate>['status']

/** What an admin does with certificates, each one operation of AWS IoT. Errors are AWS's own. */
export interface CertificateWrites {
  createFromCsr(certificateSigningRequest: string, setAsActive: boolean): Promise<MadeCertificate>
  /** With the private key that AWS made, which is answered this once. */
  createKeys(setAsActive: boolean): Promise<MadeCertificate>
  register(registration: Registration): Promise<MadeCertificate>
  registerWithoutCa(registration: LoneRegistration): Promise<MadeCertificate>
  setStatus(certificateId: string, status: SettableStatus): Promise<void>
  delete(certificateId: string): Promise<void>
  /** @param type AWS's own choice where it is left out */
  attachThing(certificateId: string, thingName: string, type?: ThingPrincipalType): Promise<void>
  detachThing(certificateId: string, thingName: string): Promise<void>
  attachPolicy(certificateId: string, policyName: string): Promise<void>
  detachPolicy(certificateId: string, policyName: string): Promise<void>
}

export function createCertificateWrites(iot: IoTClient, arns: Arns): CertificateWrites {
  return {
    async createFromCsr(certificateSigningRequest, setAsActive) {
      return made(await iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive })))
    },
    async createKeys(setAsActive) {
      const created = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive }))
      const privateKey = created.keyPair?.PrivateKey
      return { ...made(created), ...(privateKey !== undefined && { privateKey }) }
    },
    async register(registration) {
      const registered = await iot.send(new RegisterCertificateCommand(registration))
      return { ...made(registered), certificatePem: registration.certificatePem }
    },
    async registerWithoutCa(registration) {
      const registered = await iot.send(new RegisterCertificateWithoutCACommand(registration))
      return { ...made(registered), certificatePem: registration.certificatePem }
    },
    async setStatus(certificateId, newStatus) {
      await iot.send(new UpdateCertificateCommand({ certificateId, newStatus }))
    },
    async delete(certificateId) {
      await iot.send(new DeleteCertificateCommand({ certificateId }))
    },
    async attachThing(certificateId, thingName, thingPrincipalType) {
      const principal = arns.certificate(certificateId)
      await iot.send(new AttachThingPrincipalCommand({ thingName, principal, thingPrincipalType }))
    },
    async detachThing(certificateId, thingName) {
      await iot.send(new DetachThingPrincipalCommand({ thingName, principal: arns.certificate(certificateId) }))
    },
    async attachPolicy(certificateId, policyName) {
      await iot.send(new AttachPolicyCommand({ policyName, target: arns.certificate(certificateId) }))
    },
    async detachPolicy(certificateId, policyName) {
      await iot.send(new DetachPolicyCommand({ policyName, target: arns.certificate(certificateId) }))
    },
  }
}

/** What AWS answers to whoever makes a certificate. */
interface Created {
  readonly certificateId?: string | undefined
  readonly certificateArn?: string | undefined
  readonly certificatePem?: string | undefined
}

const made = ({ certificateId = '', certificateArn = '', certificatePem = '' }: Created): MadeCertificate => ({
  certificateId,
  certificateArn,
  certificatePem,
})
