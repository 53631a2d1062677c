import 'reflect-metadata' // @peculiar/x509 needs it and does not bring it

export {
  BasicConstraintsExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  X509CertificateGenerator,
} from '@peculiar/x509'
