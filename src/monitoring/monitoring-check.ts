import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';

/** Options of every check of a monitor. @internal */
export interface MonitoringCheckOptions {
  /**
   * Interval between two runs, of which each covers the data captured since the last, in whole hours, 1–24.
   *
   * @default - one hour for data quality, one day for model quality and bias
   */
  readonly interval?: Duration;

  /**
   * Minimum number of requests for a result, 1–50,000, below which nothing is a violation.
   *
   * @default 50
   */
  readonly minimumRows?: number;
}

/** Options of the data quality check. */
export interface DataQualityCheckOptions extends MonitoringCheckOptions {
  /**
   * Maximum distance of a feature's distribution from that of the training data, 0–1.
   *
   * @default 0.2
   */
  readonly driftThreshold?: number;

  /**
   * Maximum proportion of missing or unreadable values of a feature, 0–1.
   *
   * @default 0.05
   */
  readonly missingThreshold?: number;
}

/** Options of the model quality check. */
export interface ModelQualityCheckOptions extends MonitoringCheckOptions {
  /**
   * Maximum proportion by which a metric may be worse than at the evaluation of the model, 0–1.
   *
   * @default 0.1
   */
  readonly tolerance?: number;

  /**
   * Time until ground truth labels are available, in whole hours, up to a week.
   *
   * @default Duration.days(1)
   */
  readonly groundTruthDelay?: Duration;
}

/** Options of the bias check. */
export interface BiasCheckOptions extends MonitoringCheckOptions {
  /** Feature that divides requests into two groups, by its name in the baseline or by its number from 0. */
  readonly facet: string;

  /** Value of the facet above which a request belongs to the one group and otherwise to the other, any number. */
  readonly facetThreshold: number;

  /**
   * Maximum difference in positive proportions in predicted labels (DPPL) between the groups, 0–1.
   *
   * @default 0.1
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-dppl.html
   */
  readonly threshold?: number;

  /**
   * Value of the response above which the predicted label is positive, any number.
   *
   * @default 0.5
   */
  readonly positiveLabelThreshold?: number;
}

/** A value that a repository may choose between 0 and 1. @internal */
export interface MonitoringThreshold {
  /** How repositories and templates call it. */
  readonly name: string;
  /** How the program calls it. */
  readonly option: string;
  readonly value: number;
}

/** Check of a monitor. */
export class MonitoringCheck {
  /**
   * Compares captured requests with the data that the model was trained on.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-quality.html
   */
  public static dataQuality(options: DataQualityCheckOptions = {}): MonitoringCheck {
    return new MonitoringCheck('data-quality', { interval: Duration.hours(1), ...options }, [
      { name: 'driftThreshold', option: '--drift-threshold', value: options.driftThreshold ?? 0.2 },
      { name: 'missingThreshold', option: '--missing-threshold', value: options.missingThreshold ?? 0.05 },
    ], []);
  }

  /**
   * Compares captured responses with ground truth labels, and the quality with that at the evaluation of the model.
   *
   * Roles of `groundTruthWriters` of the target must write the labels.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality.html
   */
  public static modelQuality(options: ModelQualityCheckOptions = {}): MonitoringCheck {
    const delay = hoursOf('groundTruthDelay', options.groundTruthDelay ?? Duration.days(1), 0, 168);
    return new MonitoringCheck('model-quality', { interval: Duration.days(1), ...options }, [
      { name: 'qualityTolerance', option: '--quality-tolerance', value: options.tolerance ?? 0.1 },
    ], ['--delay', `${delay}`]);
  }

  /**
   * Compares the responses to two groups of requests.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift.html
   */
  public static bias(options: BiasCheckOptions): MonitoringCheck {
    checkRequired('MonitoringCheck.bias', options, { facet: ANYTHING, facetThreshold: ANYTHING });
    const { facet, facetThreshold, positiveLabelThreshold = 0.5 } = options;
    new InputCheck('MonitoringCheck.bias')
      .matches('facet', facet, /^[\w .-]{1,128}$/, 'be the name or number of a feature, such as age')
      .that('facetThreshold', facetThreshold, Number.isFinite, 'be a number, such as 40')
      .that('positiveLabelThreshold', positiveLabelThreshold, Number.isFinite, 'be a number, such as 0.5')
      .throwIfInvalid();
    return new MonitoringCheck('bias', { interval: Duration.days(1), ...options }, [
      { name: 'biasThreshold', option: '--bias-threshold', value: options.threshold ?? 0.1 },
    ], [`--facet=${facet}`, `--facet-above=${facetThreshold}`, `--positive-label-threshold=${positiveLabelThreshold}`]);
  }

  /** How the program that looks is told what to look at. @internal */
  public readonly _arguments: string[];
  /** How often it looks, in hours. @internal */
  public readonly _hours: number;

  private constructor(
    /** Name of the check: `data-quality`, `model-quality` or `bias`. */
    public readonly checkName: string,
    options: MonitoringCheckOptions,
    /** What a repository may choose. @internal */
    public readonly _thresholds: MonitoringThreshold[],
    further: string[],
  ) {
    const { interval, minimumRows = 50 } = options;
    const check = new InputCheck(`MonitoringCheck ${checkName}`).integerBetween('minimumRows', minimumRows, 1, 50_000);
    for (const { name, value } of _thresholds) check.that(name, value, (part) => part >= 0 && part <= 1, 'be between 0 and 1');
    check.throwIfInvalid();
    this._hours = hoursOf('interval', interval!, 1, 24);
    this._arguments = ['--check', checkName, '--hours', `${this._hours}`, '--minimum-rows', `${minimumRows}`, ...further];
  }
}

function hoursOf(property: string, duration: Duration, least: number, most: number): number {
  new InputCheck('MonitoringCheck').hoursBetween(property, duration, least, most).throwIfInvalid();
  return duration.toHours();
}
