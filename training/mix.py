"""The mean of two models' weights.

    python mix.py A SHARE B SHARE OUT
"""
import sys
import torch


def main():
    a, of_a, b, of_b, out = sys.argv[1:]
    first, mixed = (torch.load(path, weights_only=False) for path in (a, b))
    for name, value in mixed["net"].items():
        if value.is_floating_point():
            mixed["net"][name] = float(of_a) * first["net"][name] + float(of_b) * value
    torch.save(mixed, out)


if __name__ == "__main__":
    main()
