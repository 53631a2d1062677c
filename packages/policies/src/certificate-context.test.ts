import { expect, test } from 'vitest'
import { certificateContext } from './certificate-context.ts'

test('the first value has the plain name, the second .1, and .List has all (AWS IoT guide, X.509 policy variables)', () => {
  const context = certificateContext({
    certificateId: 'ab'.repeat(32),
    serialNumber: '17',
    subject: { Country: ['DE', 'FR', 'IT'], CommonName: [] },
    issuerAlternativeNames: { DNSName: ['ca.example.com'] },
  })
  expect(Object.fromEntries(context)).toEqual({
    'iot:CertificateId': 'ab'.repeat(32),
    'iot:Certificate.SerialNumber': '17',
    'iot:Certificate.Subject.Country': 'DE',
    'iot:Certificate.Subject.Country.1': 'FR',
    'iot:Certificate.Subject.Country.2': 'IT',
    'iot:Certificate.Subject.Country.List': ['DE', 'FR', 'IT'],
    'iot:Certificate.Issuer.AlternativeName.DNSName': 'ca.example.com',
    'iot:Certificate.Issuer.AlternativeName.DNSName.List': ['ca.example.com'],
    'iot:Certificate.AvailableKeys': [
      'iot:Certificate.SerialNumber',
      'iot:Certificate.Subject.Country',
      'iot:Certificate.Subject.Country.1',
      'iot:Certificate.Subject.Country.2',
      'iot:Certificate.Subject.Country.List',
      'iot:Certificate.Issuer.AlternativeName.DNSName',
      'iot:Certificate.Issuer.AlternativeName.DNSName.List',
    ],
  })
})

test('special characters are spelled with a backslash, and a sixth value is dropped', () => {
  const context = certificateContext({ subject: { Organization: ['Acme, "Inc"', '2', '3', '4', '5', '6'] } })
  expect(context.get('iot:Certificate.Subject.Organization')).toBe('Acme\\, \\"Inc\\"')
  expect(context.get('iot:Certificate.Subject.Organization.List')).toHaveLength(5)
})
