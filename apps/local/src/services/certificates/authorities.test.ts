import type { RegistrationConfig } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import { describe, expect, test } from 'vitest'
import { testContext } from '../../foundation/context.test-support.ts'
import { Authorities } from './authorities.ts'
import { TestCertificate } from './authority.test-support.ts'

function setUp() {
  const { context } = testContext()
  return { authorities: new Authorities(context) }
}

const thrown = (name: string) => expect.objectContaining({ name })

describe('register a CA in DEFAULT mode', () => {
  test('needs a verification certificate with the registration code, signed by the CA', async () => {
    const { authorities } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    const verification = await ca.sign(`CN=${authorities.store.registrationCode()}`)
    const record = authorities.register({ caCertificate: ca.pem, verificationCertificate: verification.pem })
    expect(record).toMatchObject({ id: ca.id, status: 'INACTIVE', mode: 'DEFAULT', autoRegistration: 'DISABLE' })
    expect(record.arn).toBe(`arn:aws:iot:eu-central-1:123456789012:cacert/${ca.id}`)
  })

  test('another common name is not the registration code', async () => {
    const { authorities } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    const { pem } = await ca.sign('CN=guessed')
    expect(() => authorities.register({ caCertificate: ca.pem, verificationCertificate: pem })).toThrow(
      thrown('RegistrationCodeValidationException'),
    )
  })

  test('a code that was deleted is no longer good', async () => {
    const { authorities } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    const code = authorities.store.registrationCode()
    expect(authorities.store.registrationCode()).toBe(code)
    const { pem } = await ca.sign(`CN=${code}`)
    authorities.deleteRegistrationCode()
    expect(() => authorities.deleteRegistrationCode()).toThrow(thrown('ResourceNotFoundException'))
    expect(() => authorities.register({ caCertificate: ca.pem, verificationCertificate: pem })).toThrow(
      thrown('RegistrationCodeValidationException'),
    )
  })

  test('a verification certificate of someone else proves nothing', async () => {
    const { authorities } = setUp()
    const ca = await TestCertificate.selfSigned('CN=Plant CA')
    const impostor = await TestCertificate.selfSigned('CN=Plant CA')
    const { pem } = await impostor.sign(`CN=${authorities.store.registrationCode()}`)
    expect(() => authorities.register({ caCertificate: ca.pem, verificationCertificate: pem })).toThrow(
      thrown('CertificateValidationException'),
    )
  })

  test('without one, and with one in SNI_ONLY mode: InvalidRequestException', async () => {
    const { authorities } = setUp()
    const { pem } = await TestCertificate.selfSigned('CN=Plant CA')
    expect(() => authorities.register({ caCertificate: pem })).toThrow(thrown('InvalidRequestException'))
    expect(() =>
      authorities.register({ caCertificate: pem, verificationCertificate: pem, certificateMode: 'SNI_ONLY' }),
    ).toThrow(thrown('InvalidRequestException'))
  })
})

describe('what is no CA', () => {
  test.each([
    ['a device certificate', () => TestCertificate.selfSigned('CN=a', { ca: false })],
    ['an expired CA', () => TestCertificate.selfSigned('CN=a', { notAfterMs: Date.now() - 1000 })],
  ])('%s', async (_, make) => {
    const { authorities } = setUp()
    const { pem } = await make()
    expect(() => authorities.register({ caCertificate: pem, certificateMode: 'SNI_ONLY' })).toThrow(
      thrown('CertificateValidationException'),
    )
  })
})

describe('registered CAs', () => {
  const register = async (authorities: Authorities, subject: string) => {
    const { pem } = await TestCertificate.selfSigned(subject)
    return authorities.register({
      caCertificate: pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
      allowAutoRegistration: true,
    })
  }

  test('the same one twice is a conflict; ten of one subject is the limit', async () => {
    const { authorities } = setUp()
    const { pem } = await register(authorities, 'CN=Plant CA')
    expect(() => authorities.register({ caCertificate: pem, certificateMode: 'SNI_ONLY' })).toThrow(
      thrown('ResourceAlreadyExistsException'),
    )
    for (let count = 1; count < 10; count += 1) await register(authorities, 'CN=Plant CA')
    await expect(register(authorities, 'CN=Plant CA')).rejects.toEqual(thrown('LimitExceededException'))
    await register(authorities, 'CN=Other CA')
  })

  test('update touches only what it names', async () => {
    const { authorities } = setUp()
    const { id } = await register(authorities, 'CN=Plant CA')
    authorities.update({ certificateId: id, newStatus: 'INACTIVE' })
    expect(authorities.mustFind(id)).toMatchObject({ status: 'INACTIVE', autoRegistration: 'ENABLE' })
    authorities.update({ certificateId: id, removeAutoRegistration: true })
    expect(authorities.mustFind(id)).toMatchObject({ status: 'INACTIVE', autoRegistration: 'DISABLE' })
  })

  test('by what devices are provisioned is asked of provisioning, kept until auto-registration is removed', async () => {
    const { context } = testContext()
    const checkRegistrationConfig = (config: RegistrationConfig | undefined) => {
      if (config?.templateName === 'none') throw new AwsError('ResourceNotFoundException', 'none')
      return config
    }
    const authorities = new Authorities(context, { checkRegistrationConfig })
    const { pem } = await TestCertificate.selfSigned('CN=Plant CA')
    const request = { caCertificate: pem, certificateMode: 'SNI_ONLY' } as const
    const of = (templateName: string) => ({ registrationConfig: { templateName } })
    expect(() => authorities.register({ ...request, ...of('none') })).toThrow(thrown('ResourceNotFoundException'))
    const { id } = authorities.register({ ...request, ...of('onboarding') })
    expect(() => authorities.update({ certificateId: id, ...of('none') })).toThrow(thrown('ResourceNotFoundException'))
    expect(authorities.mustFind(id)).toMatchObject(of('onboarding'))
    expect(authorities.store.list({}, 'onboarding').rows).toMatchObject([{ id }])
    expect(authorities.store.list({}, 'other').rows).toEqual([])
    authorities.update({ certificateId: id, newStatus: 'ACTIVE' })
    expect(authorities.mustFind(id)).toMatchObject(of('onboarding'))
    authorities.update({ certificateId: id, removeAutoRegistration: true })
    expect(authorities.mustFind(id).registrationConfig).toBeUndefined()
  })

  test('only an INACTIVE one can be deleted', async () => {
    const { authorities } = setUp()
    const { id } = await register(authorities, 'CN=Plant CA')
    expect(() => authorities.delete(id)).toThrow(thrown('CertificateStateException'))
    authorities.update({ certificateId: id, newStatus: 'INACTIVE' })
    authorities.delete(id)
    expect(() => authorities.mustFind(id)).toThrow(thrown('ResourceNotFoundException'))
  })
})
