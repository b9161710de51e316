import { isLike } from '../../checks/core/pattern';

/** A product of the price list, as far as it is read: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-an-offer.html */
interface Product {
  readonly product: { readonly attributes: { readonly usagetype?: string } };
  readonly terms?: { readonly OnDemand?: Record<string, { readonly priceDimensions: Record<string, Dimension> }> };
  /** When AWS published it. */
  readonly publicationDate: string;
}

interface Dimension {
  readonly unit: string;
  readonly beginRange?: string;
  readonly pricePerUnit: Record<string, string>;
}

/** What `PriceTable.fromFile` reads. */
export interface Table {
  readonly date: string;
  readonly region: string;
  readonly priceSource: string;
  readonly currency: string;
  readonly perHour: Record<string, Record<string, number>>;
  readonly perGbMonth: Record<string, number>;
}

/** Kinds by how bills spell what was used. Spot instances, warm pools, reservations and Studio Classic's servers are others. */
const KINDS: Record<string, string> = {
  Train: 'training', Processing: 'processing', Tsform: 'transform', Host: 'endpoint', Notebk: 'notebook', Cluster: 'cluster', Studio: 'app',
};
/** Such as `EU-Train:ml.m5.xlarge`, `USE1-Studio:JupyterLab-ml.t3.medium` or `USE1-Notebk:VolumeUsage.gp2`, behind the region but in its oldest ones. */
const USAGE = /^(?:[A-Z]{2,4}\d?-)?(Train|Processing|Tsform|Host|Notebk|Cluster|Studio):(?:([A-Za-z]+)-)?(ml\.[a-z0-9-]+\.[a-z0-9]+|VolumeUsage\.\w+)$/;
/** Applications of Studio that work: all have one price, and JupyterLab is the one that everybody has. */
const APPLICATION = 'JupyterLab';

interface Priced {
  readonly kind: string;
  /** An instance type; none for storage. */
  readonly type?: string;
  readonly application?: string;
  readonly price: number;
}

/** The table of the products of a region; none where nothing of them is priced. */
export function tableOf(
  products: readonly string[], region: string, source: string, only?: readonly string[],
): { readonly table?: Table; readonly doubtful: string[] } {
  const read = products.map((text) => JSON.parse(text) as Product), currency = region.startsWith('cn-') ? 'CNY' : 'USD';
  const found = read.flatMap((one) => pricesOf(one, currency)).filter(({ type = '' }) => type === '' || (only?.some((pattern) => isLike(pattern, type)) ?? true));
  const usual = new Set(found.filter(({ application }) => application === APPLICATION).map(({ type }) => type));
  const perHour: Record<string, Record<string, number>> = {}, perGbMonth: Record<string, number> = {}, doubtful = new Set<string>();
  for (const { kind, type, application = APPLICATION, price } of found) {
    if (application !== APPLICATION && usual.has(type)) continue; // the price of JupyterLab is the application's
    const prices = type === undefined ? perGbMonth : perHour[kind] ??= {}, name = type ?? kind, known = prices[name];
    if (known !== undefined && known !== price) doubtful.add(`${kind} ${type ?? 'storage'}`);
    prices[name] = Math.max(known ?? 0, price);
  }
  if (Object.keys(perHour).length === 0) return { doubtful: [] };
  const date = read.map(({ publicationDate }) => publicationDate.slice(0, 10)).sort().at(-1)!;
  const byKind = Object.fromEntries(Object.entries(perHour).map(([kind, prices]) => [kind, sorted(prices)]));
  return { table: { date, region, priceSource: source, currency, perHour: sorted(byKind), perGbMonth: sorted(perGbMonth) }, doubtful: [...doubtful] };
}

function sorted<T>(all: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })));
}

/** What a product costs on demand: an hour of an instance, or a month of a gigabyte. */
function pricesOf({ product: { attributes: { usagetype = '' } }, terms }: Product, currency: string): Priced[] {
  const [, usage, application, what] = USAGE.exec(usagetype) ?? [];
  if (usage === undefined) return [];
  const isStorage = what.startsWith('VolumeUsage'), unit = isStorage ? 'GB-Mo' : 'Hrs';
  const dimensions = Object.values(terms?.OnDemand ?? {}).flatMap(({ priceDimensions }) => Object.values(priceDimensions));
  return dimensions.flatMap((one) => {
    const price = Number(one.pricePerUnit[currency]);
    if (one.unit !== unit || !(price > 0)) return []; // what is free for a while is not free
    return [{ kind: KINDS[usage], application, price, ...!isStorage && { type: what } }];
  });
}
