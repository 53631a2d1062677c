import 'reflect-metadata' // what @peculiar/x509 is built on asks for it

/** Large: imported by what a page loads when it needs it, and by nothing that is loaded with the console. */
export {
  BasicConstraintsExtension,
  Name,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  TextConverter,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
