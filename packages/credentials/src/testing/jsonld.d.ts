declare module "jsonld" {
  const jsonld: {
    toRDF(document: object, options: object): Promise<object>;
  };
  export default jsonld;
}

declare module "rdf-canonize" {
  export function canonize(dataset: object, options: { algorithm: "RDFC-1.0"; format: string }): Promise<string>;
}
